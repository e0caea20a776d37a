import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  type NoteSigner,
  addCheckpointText,
  checkpointText,
  cosignNote,
  entryOf,
  grow,
  heldBy,
  noteText,
  parseSignatureLines,
  parseVerifierKey,
  proofText,
  signNote,
  verifierKeyText,
  verifierOf,
} from '@crashkeep/ledger';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WitnessFolder } from '../witness/witness-folder.js';
import { witnessServer } from '../witness/witness-server.js';
import { auditCommand } from './audit.js';

const log: NoteSigner = { name: 'ledger.example', privateKey: generateKeyPairSync('ed25519').privateKey };
const key = verifierKeyText(verifierOf(log, 'note'));
let folder: string;
const printed: string[] = [];
const complained: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ck-audit-'));
  vi.stubEnv('CRASHKEEP_HOME', join(folder, 'home'));
  vi.spyOn(console, 'log').mockImplementation((line: string) => printed.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => complained.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  printed.length = complained.length = 0;
  process.exitCode = 0;
  rmSync(folder, { recursive: true, force: true });
});

const entries = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, n) =>
    entryOf({
      id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      process: 'worker',
      body: '{"act":"x"}',
      salt: Buffer.alloc(16, n),
      at: new Date(0),
    }),
  );

function ledger(count: number, under = 'ledger'): { note: string; size: number } {
  const { objects, head } = grow({ size: 0, edge: [] }, [], entries(count));
  const text = checkpointText({ origin: log.name, ...head });
  const note = noteText({ text, signatures: [signNote(log, text), cosignNote(log, text, new Date(0))] });
  for (const { path, bytes } of [...objects, { path: 'checkpoint', bytes: Buffer.from(note) }]) {
    mkdirSync(dirname(join(folder, under, path)), { recursive: true });
    writeFileSync(join(folder, under, path), bytes);
  }
  return { note, size: count };
}

async function verify(...args: string[]): Promise<[number | string | null | undefined, string]> {
  printed.length = 0;
  await auditCommand().parseAsync(['verify', ...args], { from: 'user' });
  return [process.exitCode, printed.at(-1) ?? ''];
}

test('a sound ledger is 0, one that was tampered with is 1 with what and where; the folder above it does, too', async () => {
  ledger(600);
  expect(await verify(join(folder, 'ledger'), '--key', key)).toEqual([0, `${join(folder, 'ledger')}: sound`]);
  expect(await verify(folder, '--key', key)).toEqual([0, `${folder}: sound`]);
  const path = join(folder, 'ledger/tile/entries/001');
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40);
  writeFileSync(path, bytes);
  expect(await verify(folder, '--key', key)).toEqual([1, `${folder}: NOT sound`]);
  expect(printed).toContain('verify.leaf-changed  leaf 256');
  await verify(folder, '--key', key, '--json');
  expect(JSON.parse(printed[0] ?? '')).toMatchObject({
    sound: false,
    checkpoint: { size: 600 },
    findings: [{ code: 'verify.leaf-changed', where: 'leaf 256' }],
  });
});

test('what was remembered is compared, and written anew only when all is sound', async () => {
  const file = join(folder, 'seen');
  ledger(600);
  expect((await verify(folder, '--key', key, '--remember', file))[0]).toBe(0);
  const seen = readFileSync(file, 'utf8');
  ledger(300);
  expect((await verify(folder, '--key', key, '--remember', file))[0]).toBe(1);
  expect(printed.join()).toContain('verify.rolled-back');
  expect(readFileSync(file, 'utf8')).toBe(seen);
});

test("on the vault's own machine the key is found; elsewhere it must be named, and be one", async () => {
  ledger(3);
  expect((await verify(folder))[0]).toBe(2);
  expect(complained.join()).toContain('--key');
  expect((await verify(folder, '--key', 'x'))[0]).toBe(2);
  expect((await verify(join(folder, 'nothing'), '--key', key))[0]).toBe(2);
  mkdirSync(join(folder, 'home/keys/sequencer'), { recursive: true });
  writeFileSync(join(folder, 'home/keys/sequencer/ledger.pub'), `${key}\n`);
  expect((await verify(folder))[0]).toBe(0);
});

test('an export and a receipt are told by their own form', async () => {
  const { note } = ledger(1);
  const [entry = Buffer.alloc(0)] = entries(1);
  const line = {
    index: 0,
    salt: entry.subarray(0, 16).toString('hex'),
    entry: entry.subarray(16).toString(),
    proof: [],
  };
  const head = { format: 'crashkeep/ledger-export/v1', checkpoint: note, successions: [] };
  writeFileSync(join(folder, 'export.jsonl'), `${JSON.stringify(head)}\n${JSON.stringify(line)}\n`);
  writeFileSync(join(folder, 'x.tlog-proof'), proofText({ entry, index: 0, proof: [], checkpoint: note }));
  for (const file of ['export.jsonl', 'x.tlog-proof']) {
    expect((await verify(join(folder, file), '--key', key))[0]).toBe(0);
    expect(printed[1]).toContain('read 1 leaves');
  }
  writeFileSync(join(folder, 'export.jsonl'), `${JSON.stringify(head)}\n${JSON.stringify({ ...line, index: 1 })}\n`);
  expect((await verify(join(folder, 'export.jsonl'), '--key', key))[0]).toBe(1);
  expect(printed).toContain('verify.proof-fails  line 2');
});

test('a witness keeps its key and what it saw over a restart, and answers over HTTP', async () => {
  const path = join(folder, 'witness');
  const logs = [parseVerifierKey(key)];
  const first = new WitnessFolder(path, logs, 'witness.example');
  const { note, size } = ledger(600);
  const server = witnessServer({ witness: first, onAnswer: () => undefined });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${String(typeof address === 'object' && address ? address.port : 0)}/add-checkpoint`;
  const ask = (body: string) => fetch(url, { method: 'POST', body });
  const answer = await ask(addCheckpointText({ old: 0, proof: [], checkpoint: note }));
  expect(answer.status).toBe(200);
  const [line] = parseSignatureLines(await answer.text());
  const held =
    line &&
    heldBy(parseVerifierKey(first.publicKey), { text: note.slice(0, note.indexOf('\n\n') + 1), signatures: [line] });
  expect(held?.at).toBeInstanceOf(Date);
  const again = await ask(addCheckpointText({ old: 0, proof: [], checkpoint: note }));
  expect([again.status, again.headers.get('content-type'), await again.text()]).toEqual([
    409,
    'text/x.tlog.size',
    `${String(size)}\n`,
  ]);
  expect((await ask('x'.repeat(200_000))).status).toBe(413);
  expect((await fetch(url)).status).toBe(404);
  server.close();
  const second = new WitnessFolder(path, logs, 'another name');
  expect(second.publicKey).toBe(first.publicKey);
  expect(second.seen(log.name)?.size).toBe(600);
  expect(second.seen('other')).toBeNull();
  expect(existsSync(join(path, 'witness.pub'))).toBe(true);
});
