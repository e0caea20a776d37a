// A ledger of any size, as the sequencer writes it: entries, tiles, a signed checkpoint.
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  bundlePath,
  checkpointText,
  cosignNote,
  entryOf,
  grow,
  noteText,
  signNote,
  tilePath,
  verifierKeyText,
  verifierOf,
} from '../../libs/common/ledger/dist/index.js';

const STEP = 4096;
const ORIGIN = 'bench.invalid/ledger';

export async function generateLedger(folder, leaves) {
  const signer = { name: ORIGIN, privateKey: generateKeyPairSync('ed25519').privateKey };
  let state = grow({ size: 0, edge: [] }, [], []);
  for (let at = 0; at < leaves; at += STEP) {
    const entries = Array.from({ length: Math.min(STEP, leaves - at) }, (_, n) => entry(at + n));
    state = grow(state.frontier, state.tail, entries);
    for (const { path, bytes } of state.objects) put(folder, path, bytes);
  }
  put(folder, 'checkpoint', signed(signer, state.head));
  return {
    key: verifierKeyText(verifierOf(signer, 'note')),
    forked: signed(signer, { ...state.head, root: randomBytes(32) }),
    lastLeaves: lastBundle(leaves),
    bundleOf: (kind, index) =>
      kind === 'tile/entries' ? bundlePath(index, 256) : tilePath({ level: 0, index, width: 256 }),
  };
}

/** Of the last leaves: both their entries and their hashes. */
function lastBundle(leaves) {
  const index = Math.floor((leaves - 1) / 256);
  const width = leaves - index * 256;
  return [bundlePath(index, width), tilePath({ level: 0, index, width })];
}

/** About as long as a read of one range. */
function entry(n) {
  const body = JSON.stringify({
    act: 'grant.read',
    bytes: 4096,
    dump: randomUUID(),
    grant: randomUUID(),
    left: 1_000_000,
    ranges: [{ length: 4096, offset: n * 4096 }],
    requester: randomUUID(),
    version: 1,
  });
  return entryOf({
    id: randomUUID(),
    process: 'keeper',
    body,
    salt: randomBytes(16),
    at: new Date(1_767_225_600_000 + n),
  });
}

function signed(signer, head) {
  const text = checkpointText({ origin: ORIGIN, ...head });
  return Buffer.from(noteText({ text, signatures: [signNote(signer, text), cosignNote(signer, text, new Date())] }));
}

function put(folder, path, bytes) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), bytes);
}
