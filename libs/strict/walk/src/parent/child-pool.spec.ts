import { afterEach, expect, test } from 'vitest';
import { BufferRangeSource } from '../spec-kit/buffer-range-source.js';
import { runnerOfHostileChildren } from '../spec-kit/hostile-child.js';
import type { PoolOptions } from './child-pool.js';

/** Tells its process id as the count of processors. */
const TELLS_ITSELF = `
const result = { format: 'minidump', os: 'linux', osVersion: null, cpu: 'amd64', cpuInfo: null, cpuCount: process.pid,
  processId: null, crashedAt: null, uptime: null, crashReason: null, crashAddress: null, crashingThread: null, threads: [],
  modules: [], mainModule: null, unloadedModules: [], regions: [], threadRanges: [], annotationCount: 0, problems: [], readSet: [] };
for (;;) { send(4, json(result)); receive(); }
`;

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

function childrenOf(options: Partial<PoolOptions>): (project: string) => Promise<number | null> {
  const { runner, close } = runnerOfHostileChildren(TELLS_ITSELF, options);
  closers.push(close);
  const source = new BufferRangeSource(new Uint8Array(8));
  return async (project) =>
    (await runner.walk({ source, symbols: () => Promise.resolve([]), project, addresses: false })).cpuCount;
}

test('a child serves one project and stays warm for it', async () => {
  const childOf = childrenOf({});
  const first = await childOf('a');
  expect(await childOf('b')).not.toBe(first);
  expect(await childOf('a')).toBe(first);
});

test('one project may have several children at once', async () => {
  const childOf = childrenOf({});
  const [first, second] = await Promise.all([childOf('a'), childOf('a')]);
  expect(first).not.toBe(second);
});

test('no more idle children are kept than told: the one that rested longest goes', async () => {
  const childOf = childrenOf({ idleMax: 1 });
  const first = await childOf('a');
  const second = await childOf('b');
  expect(await childOf('b')).toBe(second);
  expect(await childOf('a')).not.toBe(first);
});

test('isolation by dump: each dump has a child of its own', async () => {
  const childOf = childrenOf({ isolation: 'dump' });
  const first = await childOf('a');
  expect(await childOf('a')).not.toBe(first);
});

test('a child is renewed after 500 dumps', async () => {
  const childOf = childrenOf({});
  const first = await childOf('a');
  for (let i = 1; i < 500; i++) expect(await childOf('a')).toBe(first);
  expect(await childOf('a')).not.toBe(first);
});
