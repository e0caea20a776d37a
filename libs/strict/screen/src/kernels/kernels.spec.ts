import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { hashOfEight, rehash } from './hash.js';
import type { Kernels } from './kernels.js';
import { PlainKernels } from './plain-kernels.js';
import { wasmKernels } from './wasm-kernels.js';

const PACKAGE = fileURLToPath(new URL('../../', import.meta.url));

const PAGES = 4;
const AT = 65_536;
const SIZE = 8192;
const TABLE = AT + 2 * SIZE;
const OUT = 2 * AT;

let memory: WebAssembly.Memory;
let fast: Kernels;
let plain: Kernels;

beforeAll(() => {
  // Compiled anew: a stale build must never be what is tested.
  const file = join(mkdtempSync(join(tmpdir(), 'crashkeep-kernels-')), 'kernels.wasm');
  execFileSync('npm', ['run', '--silent', 'build:kernels', '--', '--outFile', file], { cwd: PACKAGE });
  const code = readFileSync(file);
  rmSync(dirname(file), { recursive: true });
  memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES });
  const compiled = wasmKernels(memory, new WebAssembly.Module(code));
  if (compiled === null) throw new Error('not compiled');
  [fast, plain] = [compiled, new PlainKernels(memory.buffer)];
});

type Ask = (kernels: Kernels) => number;

/** What both answer to the same question about the same bytes. */
function answers(ask: Ask): number[][] {
  return [fast, plain].map((kernels) => {
    const out = new Uint32Array(memory.buffer, OUT, SIZE);
    out.fill(0xdead);
    return [...out.subarray(0, ask(kernels))];
  });
}

function expectAlike(ask: Ask): number {
  const [first, second] = answers(ask);
  expect(first).toEqual(second);
  return first?.length ?? 0;
}

/** Bytes as memory has them: zeros, pointers, small numbers, text and random ones, in pieces, with repetitions. */
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.uint8Array({ minLength: 8, maxLength: 256 }) },
  fc.nat(64).map((length) => new Uint8Array(8 * length)),
  fc.bigInt({ min: 0n, max: 0x7fff_ffff_ffffn }).map((value) => new Uint8Array(BigUint64Array.of(value).buffer)),
  fc.nat(0x5020).map((value) => new Uint8Array(Uint32Array.of(value, 0).buffer)),
  fc.string({ minLength: 1, maxLength: 64 }).map((text) => new Uint8Array(Buffer.from(text))),
  fc.uint8Array({ minLength: 16, maxLength: 16 }).map(sums),
);
const content = fc.array(piece, { minLength: 1, maxLength: 60 });
const range = fc.tuple(fc.nat(SIZE), fc.nat(SIZE)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

/** A key and what follows it if every word were a plain sum: obeys the relations. */
function sums(key: Uint8Array): Uint8Array {
  const words = new Int32Array(44);
  words.set(new Int32Array(Uint8Array.from(key).buffer));
  for (let i = 4; i < 44; i++) words[i] = (words[i - 4] ?? 0) ^ (words[i - 1] ?? 0) ^ (i % 4 === 0 ? 0x1234567 * i : 0);
  return new Uint8Array(words.buffer);
}

function lay(pieces: readonly Uint8Array[]): void {
  const bytes = new Uint8Array(memory.buffer, AT, 2 * SIZE).fill(0);
  let at = 0;
  for (const part of pieces) {
    if (at + part.length > SIZE) break;
    bytes.set(part, at);
    at += part.length;
  }
}

const holds = (ask: (from: number, to: number) => Ask, unit: number): void => {
  fc.assert(
    fc.property(content, range, (pieces, [from, to]) => {
      lay(pieces);
      expectAlike(ask(AT + from - (from % unit), AT + to - (to % unit)));
    }),
    { numRuns: 200 },
  );
};

describe('WebAssembly and TypeScript give equal answers for', () => {
  test('words of schedules, and there are some', () => {
    holds((from, to) => (kernels) => kernels.scheduleWords(from, to, OUT), 4);
    lay([sums(Uint8Array.from({ length: 16 }, (_, i) => 7 * i + 1))]);
    expect(expectAlike((kernels) => kernels.scheduleWords(AT, AT + 176, OUT))).toBeGreaterThan(8);
  });

  test('runs of limbs', () => {
    for (const floor of [0, 512]) {
      holds(
        (from, to) => (kernels) =>
          kernels.limbRuns(Math.max(from, AT + floor), to, AT + floor, AT + SIZE, 4, 64, 24, OUT),
        8,
      );
    }
  });

  test('counted words', () => {
    const wanted = new Uint8Array(memory.buffer, TABLE, 8192);
    for (let i = 0; i < wanted.length; i++) wanted[i] = 37 * i;
    holds((from, to) => (kernels) => kernels.countedWords(from, to, 16, 0x5000, TABLE, OUT), 4);
  });

  test('places of anchors', () => {
    const table = new Uint8Array(memory.buffer, TABLE, 4096);
    for (let i = 0; i < table.length; i++) table[i] = (i * i) >> 3;
    holds((from, to) => (kernels) => kernels.anchorPlaces(from, to, TABLE, TABLE + 96, 32 - 14, OUT), 1);
  });

  test('places of windows', () => {
    const filter = new Uint8Array(memory.buffer, TABLE, 4096);
    for (let i = 0; i < filter.length; i++) filter[i] = i % 3 === 0 ? 255 : i;
    holds((from, to) => (kernels) => kernels.windowPlaces(from, to, TABLE, 32 - 15, OUT), 1);
  });

  test('constant pages', () => {
    fc.assert(
      fc.property(fc.nat(255), fc.nat(2 * SIZE - 1), fc.boolean(), (fill, place, isBroken) => {
        const bytes = new Uint8Array(memory.buffer, AT, 2 * SIZE).fill(fill);
        if (isBroken) bytes[place] = fill ^ 1;
        const marks = [fast, plain].map((kernels) => {
          kernels.constantPages(AT, 4, OUT);
          return [...new Uint8Array(memory.buffer, OUT, 4)];
        });
        expect(marks[0]).toEqual(marks[1]);
        expect(marks[0]).toEqual([0, 1, 2, 3].map((page) => (isBroken && page === place >> 12 ? 0 : 1)));
      }),
    );
  });
});

test('what a filter was told of passes it', () => {
  const filter = new Uint8Array(memory.buffer, TABLE, 4096).fill(0);
  lay([Uint8Array.from({ length: 64 }, (_, i) => 11 * i + 3)]);
  const view = new DataView(memory.buffer);
  const hash = hashOfEight(view.getInt32(AT + 13, true), view.getInt32(AT + 17, true));
  for (const bit of [hash >>> 17, rehash(hash) >>> 17]) filter[bit >>> 3] = (filter[bit >>> 3] ?? 0) | (1 << (bit & 7));
  const [places] = answers((kernels) => kernels.windowPlaces(AT, AT + 64, TABLE, 17, OUT));
  expect(places).toEqual([AT + 13]);
});
