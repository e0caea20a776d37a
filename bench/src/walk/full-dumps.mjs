// `full-dumps.mjs`: the same process dumped small, with 100 MB and with 4 GB of memory, through a sealed store whose chunks are sealed
// when they are asked for. Prints one JSON object: bytes decrypted, and memory above the idle worker, by size.
import { fullSampleDump } from '@crashkeep/synth';
import { WalkRunner } from '@crashkeep/walk';
import { sealedVirtually } from '../../../apps/worker/dist/walk/sealed-virtually.testkit.js';
import { childrenOf, residentMemory } from '../memory.mjs';

const MB = 1024 * 1024;
const THREADS = 40;
const runner = new WalkRunner();
try {
  await walk(0);
  const idle = memory();
  const found = {};
  for (const megabytes of [0, 100, 4096]) {
    let peak = idle;
    const watch = setInterval(() => (peak = Math.max(peak, memory())), 2);
    const bytes = [];
    for (let i = 0; i < 5; i++) bytes.push(await walk(megabytes * MB));
    clearInterval(watch);
    found[megabytes] = { megabytes: bytes.at(-1) / MB, above: Math.max(peak, memory()) - idle };
  }
  console.log(JSON.stringify(found));
} finally {
  runner.close();
}

async function walk(memoryBytes) {
  const { payload, decrypted } = await sealedVirtually(fullSampleDump(memoryBytes, THREADS));
  const symbols = (modules) => Promise.resolve(modules.map(() => []));
  await runner.walk({ source: payload, symbols, project: 'lantern', addresses: false });
  return decrypted();
}

/** Of this process and its child, in MB. */
function memory() {
  return [process.pid, ...childrenOf(process.pid)].reduce((sum, pid) => sum + residentMemory(pid), 0);
}
