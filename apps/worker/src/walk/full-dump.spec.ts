import { afterAll, expect, test } from 'vitest';
import { fullSampleDump } from '@crashkeep/synth';
import { WalkRunner } from '@crashkeep/walk';
import { sealedVirtually } from './sealed-virtually.testkit.js';

const MEGABYTE = 1024 * 1024;
/** Their stacks alone make the small dump one that is not pushed whole. */
const THREADS = 40;

const runner = new WalkRunner();
afterAll(() => {
  runner.close();
});

/** Through the sealed store, as the worker walks it. */
async function walk(memoryBytes: number) {
  const { payload, decrypted } = await sealedVirtually(fullSampleDump(memoryBytes, THREADS));
  const { threads, cost } = await runner.walk({
    source: payload,
    symbols: (modules) => Promise.resolve(modules.map(() => [])),
    project: 'lantern',
    addresses: false,
  });
  return { threads, rounds: cost.rounds, decrypted: decrypted() };
}

test('what a walk decrypts grows with threads and stacks, not with the dump: small, 100 MB, 4 GB', async () => {
  const [small, large, huge] = [await walk(0), await walk(100 * MEGABYTE), await walk(4096 * MEGABYTE)];
  expect(large.threads).toEqual(small.threads);
  expect(huge.threads).toEqual(small.threads);
  expect(small.threads[1]?.frames.length).toBeGreaterThan(5);
  for (const { decrypted, rounds } of [small, large, huge]) {
    expect(decrypted).toBeLessThan(32 * MEGABYTE);
    expect(decrypted).toBeGreaterThan(2 * MEGABYTE);
    expect(rounds).toBeLessThanOrEqual(6);
  }
  const most = Math.max(small.decrypted, large.decrypted, huge.decrypted);
  const least = Math.min(small.decrypted, large.decrypted, huge.decrypted);
  expect(most / least).toBeLessThan(1.1);
});
