import type { NamedWalk } from '@crashkeep/walk';
import { expect, test } from 'vitest';
import { uniformWalk } from './uniform-walk.js';

/** Two frames in one module; a caller's offset is its return address less the call. */
function walkOf(
  cpu: NamedWalk['cpu'],
  format: NamedWalk['format'],
  frames: readonly [o: number, a: string][],
): NamedWalk {
  const shown = frames.map(([o, a], i) => ({ m: 0, o, a, t: i === 0 ? 'context' : 'cfi', names: null }));
  const facts = { os: 'linux', osVersion: null, cpuInfo: null, cpuCount: null, processId: null, uptime: null };
  const module = {
    name: 'app',
    debugFile: null,
    debugId: null,
    codeId: null,
    version: null,
    size: 4096,
    base: '0x10000',
  };
  return {
    ...facts,
    ...{ format, cpu, crashReason: null, crashAddress: null, crashingThread: 0, mainModule: null, problems: [] },
    threads: [{ id: 1, name: null, truncated: false, stackBytes: 0, frames: shown }],
    ...{ modules: [module], unloadedModules: [], symbolsLoaded: [false] },
    ...{ cause: null, instruction: null, registers: [], memory: null },
  } as unknown as NamedWalk;
}

const placesOf = (walk: NamedWalk): unknown[] => {
  const { threads } = uniformWalk(walk, 'x.dmp') as { threads: { frames: Record<string, unknown>[] }[] };
  return threads.flatMap(({ frames }) =>
    frames.map(({ pc, offset, module_offset: inModule }) => pc ?? [offset, inModule]),
  );
};

test("a core's callers are told by their return address, and of Thumb without the bit that says so", () => {
  const frames: [number, string][] = [
    [0x120, '0x10120'],
    [0x1ff, '0x101ff'],
  ];
  expect(placesOf(walkOf('arm', 'elf-core', frames))).toEqual(['0x00010120', '0x00010200']);
  expect(
    placesOf(
      walkOf('arm', 'elf-core', [
        [0x121, '0x10121'],
        [0x1fe, '0x101fe'],
      ]),
    ),
  ).toEqual(['0x00010120', '0x00010200']);
  expect(placesOf(walkOf('amd64', 'elf-core', frames))).toEqual(['0x0000000000010120', '0x0000000000010200']);
});

test("a minidump's stand as the walk has them", () => {
  expect(
    placesOf(
      walkOf('arm', 'minidump', [
        [0x121, '0x10121'],
        [0x1ff, '0x101ff'],
      ]),
    ),
  ).toEqual([
    ['0x00010121', '0x00000121'],
    ['0x000101ff', '0x000001ff'],
  ]);
});
