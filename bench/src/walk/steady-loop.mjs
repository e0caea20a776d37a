// `steady-loop.mjs SYMBOLS ROUNDS DUMP…`: walks as the worker does, in one child, its forms converted beforehand. Walks all dumps
// twice, then ROUNDS times from their files and ROUNDS times through a sealed store, in turns. Prints one JSON object.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Sealing } from '@crashkeep/envelope';
import { FileObjectStore, objectKey } from '@crashkeep/object-store';
import { Identity, openHeader, UnsealedPayload } from '@crashkeep/unseal';
import { WalkRunner } from '@crashkeep/walk';
import { FormCache } from '../../../apps/cli/dist/walk/form-cache.js';
import { LocalFile } from '../../../apps/cli/dist/walk/local-file.js';
import { SymbolFolders } from '../../../apps/cli/dist/walk/symbol-folders.js';
import { childrenOf, processorMilliseconds } from '../memory.mjs';

const [symbolFolder, roundsText, ...paths] = process.argv.slice(2);
const rounds = Number(roundsText);
const folder = mkdtempSync(join(tmpdir(), 'crashkeep-bench-'));
const runner = new WalkRunner();
const symbols = new SymbolFolders([symbolFolder], runner, new FormCache(join(folder, 'forms')));
const find = symbols.find.bind(symbols);
const identity = Identity.generate();
const spentByChild = new Map();
const store = await FileObjectStore.open(join(folder, 'objects'));

try {
  const sealed = [];
  for (const path of paths) sealed.push(await seal(readFileSync(path)));
  const first = await walkAll(localFiles());
  await walkAll(sealedFiles(sealed));
  const [local, vault] = [newTally(), newTally()];
  for (let round = 0; round < rounds; round++) {
    await walkAll(localFiles(), local);
    await walkAll(sealedFiles(sealed), vault);
  }
  console.log(JSON.stringify({ first: first.costs, local, vault: { ...vault, costs: [] } }));
} finally {
  runner.close();
  rmSync(folder, { recursive: true, force: true });
}

function newTally() {
  return { seconds: 0, milliseconds: 0, walked: 0, costs: [] };
}

async function walkAll(files, tally = newTally()) {
  const [started, processor] = [performance.now(), processorUsed()];
  for await (const { source, close } of files) {
    try {
      const walk = await runner.walk({ source, symbols: find, project: 'own', addresses: false });
      tally.walked++;
      tally.costs.push(walk.cost);
      JSON.stringify(walk);
      if (tally.walked % 8 === 0) processorUsed(); // what a child has used is gone with it
    } catch (error) {
      if (error.name !== 'WalkError') throw error;
    } finally {
      await close();
    }
  }
  tally.seconds += (performance.now() - started) / 1000;
  tally.milliseconds += processorUsed() - processor;
  return tally;
}

async function* localFiles() {
  for (const path of paths) {
    const source = await LocalFile.open(path);
    yield { source, close: () => source.close() };
  }
}

/** As the worker opens a dump: header by identity, then the payload by ranges of its object. */
async function* sealedFiles(sealed) {
  for (const { binding, header, key, bytes } of sealed) {
    const fileKey = openHeader(header, identity, binding);
    const object = { size: bytes, read: (offset, length) => store.read(key, offset, length) };
    const source = await UnsealedPayload.open(object, fileKey);
    yield { source, close: () => source.close() };
  }
}

async function seal(plaintext) {
  const binding = { dump: randomUUID(), project: randomUUID() };
  const recipients = { vault: identity.recipient, extraction: identity.recipient };
  const sealing = new Sealing(binding, recipients);
  const key = objectKey(binding.dump, 'dump');
  const { bytes } = await store.put(key, [sealing.update(plaintext), sealing.final()]);
  return { binding, header: sealing.headers.extraction, key, bytes };
}

/** Milliseconds, of this process and of all the children that it had so far: one is renewed after 500 dumps. */
function processorUsed() {
  for (const pid of childrenOf(process.pid)) spentByChild.set(pid, processorMilliseconds(pid));
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 + [...spentByChild.values()].reduce((sum, spent) => sum + spent, 0);
}
