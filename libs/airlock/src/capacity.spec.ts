import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FIELD_CAPACITY, type LenientReport, REGISTERS_MAX, RegisterClass } from '@crashkeep/report';
import type { NamedWalk } from '@crashkeep/walk';
import { disclose } from './disclose.js';
import { sampleFacts, sampleFrame, sampleModule, sampleNames, sampleThread, sampleWalk } from './sample-walk.js';

const bitsOf = (path: string): number => FIELD_CAPACITY[path]?.bits ?? 0;

/** How many different reports come of these walks: log2 of it is what they have told. */
function reportsOf(walks: Iterable<NamedWalk>): number {
  const reports = new Set<string>();
  for (const walk of walks) reports.add(JSON.stringify(disclose(walk, sampleFacts())));
  return reports.size;
}

test('a fault address: its class, an offset below 4096 from null, or the name of a module', () => {
  const modules = [sampleModule(), sampleModule({ name: 'libc.so.6' })];
  const classes = ['null', 'non-canonical', 'stack', 'module', 'heap-like', 'other'] as const;
  const addresses = function* (): Generator<NamedWalk> {
    for (const kind of classes) {
      for (let i = 0; i < 5000; i++) {
        const offset = kind === 'null' ? Math.min(i, 4095) : null;
        const value = `0x${(i * 7919).toString(16)}`;
        const module = kind === 'module' ? i % modules.length : null;
        yield sampleWalk({ modules, crashAddress: { class: kind, offset, module, value } });
      }
    }
  };
  const told = reportsOf(addresses());
  expect(told).toBe(4096 + modules.length + 4);
  expect(Math.log2(told)).toBeLessThanOrEqual(bitsOf('crash_address'));
});

test('registers: seven classes of each that the instruction names, and nothing of the others', () => {
  const named = ['rax', 'rdi'];
  const registers = function* (others: NamedWalk['registers']): Generator<NamedWalk> {
    for (const a of RegisterClass.options) {
      for (const b of RegisterClass.options) yield sampleWalk({ registers: [['rax', a], ['rdi', b], ...others] });
    }
  };
  expect(reportsOf(registers([]))).toBe(7 ** named.length);
  expect(bitsOf('instruction.registers[].class')).toBe(Math.log2(7));
  const unnamed = RegisterClass.options.map((kind) =>
    sampleWalk({
      registers: [
        ['rax', 'null'],
        ['rdi', 'null'],
        ['r12', kind],
        ['rsp', kind],
      ],
    }),
  );
  expect(reportsOf(unnamed)).toBe(1);
  // All that one report can tell of registers.
  expect(REGISTERS_MAX * Math.log2(7)).toBeLessThan(17);
});

test('without the uploaded image registers tell nothing', () => {
  const walks = RegisterClass.options.map((kind) => sampleWalk({ instruction: null, registers: [['rax', kind]] }));
  expect(reportsOf(walks)).toBe(1);
});

test('a frame: one place in one module', () => {
  const size = 0x40;
  const offsets = Array.from({ length: 0x200 }, (_, o) =>
    sampleWalk({
      modules: [sampleModule({ size })],
      threads: [sampleThread({ frames: [sampleFrame({ o, names: null })] })],
    }),
  );
  // Past the module's end there is one report more: of a frame without place.
  expect(reportsOf(offsets)).toBe(size + 1);
});

test('a scanned frame of a 32-bit CPU: whether it has a name, and which', () => {
  const frames = Array.from({ length: 64 }, (_, o) => sampleFrame({ t: 'scan', o, names: sampleNames({ line: o }) }));
  const walks = frames.map((frame) => sampleWalk({ cpu: 'x86', threads: [sampleThread({ frames: [frame] })] }));
  expect(reportsOf(walks)).toBe(1);
});

test('causes: as many as the list has, and twice that for how sure it is', () => {
  const causes = ['null-pointer', 'freed-memory', 'guard-page', 'trap'] as const;
  const walks = causes.flatMap((cause) =>
    (['strong', 'fair'] as const).map((sure) => sampleWalk({ cause: { cause, sure } })),
  );
  expect(reportsOf(walks)).toBe(causes.length * 2);
});

const word = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });

/** Leaves of a report by the dictionary's paths. */
function* leavesOf(value: unknown, path = ''): Generator<[path: string, leaf: unknown]> {
  if (Array.isArray(value)) for (const it of value as unknown[]) yield* leavesOf(it, `${path}[]`);
  else if (typeof value === 'object' && value !== null)
    for (const [key, it] of Object.entries(value)) yield* leavesOf(it, path === '' ? key : `${path}.${key}`);
  else yield [path, value];
}

test('whatever the words of a dump are, a leaf without capacity stays as it is', () => {
  const told = new Set<string>();
  const note = (report: LenientReport): void => {
    told.add(JSON.stringify([...leavesOf(report)].filter(([path]) => bitsOf(path) === 0)));
  };
  fc.assert(
    fc.property(word, fc.nat(0x1f_ffff), fc.nat(0xffff_ffff), (value, o, id) => {
      const a = `0x${value.toString(16)}`;
      const walk = sampleWalk({
        processId: id,
        crashAddress: { class: 'other', offset: null, module: null, value: a },
        threads: [sampleThread({ id, frames: [sampleFrame({ o, a })] })],
        regions: [{ address: a, size: o, offset: o }],
      });
      note(disclose(walk, sampleFacts()));
    }),
  );
  expect(told.size).toBe(1);
});
