import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IngestError, MalformedError } from '../ingest-error.js';
import { fieldPart, filePart, multipart } from '../multipart.testkit.js';
import type { ByteStream } from './byte-budget.js';
import { formParts } from './form-parts.js';

const LIMITS = { parts: 20, nameBytes: 64, annotationBytes: 5000 };

/** The bytes in pieces of these lengths, over and over. */
async function* inPieces(bytes: Buffer, lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, n = 0; at < bytes.length; n++) {
    const length = lengths[n % lengths.length] ?? 1;
    yield await Promise.resolve(bytes.subarray(at, at + length));
    at += length;
  }
}

async function read(body: ByteStream, limits = LIMITS): Promise<[string, string][]> {
  const found: [string, string][] = [];
  for await (const part of formParts(body, 'b', limits)) {
    if (part.kind === 'field') found.push([part.name, part.value]);
    else {
      const pieces: Uint8Array[] = [];
      for await (const piece of part.bytes) pieces.push(piece);
      found.push([`file ${part.name}`, Buffer.concat(pieces).toString('latin1')]);
    }
  }
  return found;
}

/** Nearly a delimiter, in several ways; the delimiter itself may not stand in a part (RFC 2046, 5.1.1). */
const NEARLY = `x\r\n--a\r\n-\r\n--${'y'.repeat(2000)}\r\n-`;
const FORM = multipart('b', [
  [fieldPart('a'), 'one'],
  [filePart('f'), NEARLY],
  [fieldPart('b'), ''],
  [filePart('g'), ''],
  [fieldPart('ü'), 'ä\r\nö'],
]);
const PARTS = [
  ['a', 'one'],
  ['file f', NEARLY],
  ['b', ''],
  ['file g', ''],
  ['ü', 'ä\r\nö'],
];

test('a form gives its parts in order, however it is cut into pieces', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 6 }), async (lengths) => {
      expect(await read(inPieces(FORM, lengths))).toEqual(PARTS);
    }),
    { numRuns: 40 },
  );
});

test('a file that nobody reads goes by', async () => {
  const names: string[] = [];
  for await (const { name } of formParts(inPieces(FORM, [1000]), 'b', LIMITS)) names.push(name);
  expect(names).toEqual(PARTS.map(([name]) => name?.replace('file ', '')));
});

test('a boundary of odd characters', async () => {
  const boundary = `'()+_,-./:=? x"\\`;
  const body = multipart(boundary, [[fieldPart('a'), 'one']]);
  const found = [];
  for await (const part of formParts(inPieces(body, [7]), boundary, LIMITS)) found.push(part.name);
  expect(found).toEqual(['a']);
});

test('a damaged form ends in parts or in an error of ours, and it ends', async () => {
  const small = multipart('b', [
    [fieldPart('a'), 'one'],
    [filePart('f'), 'two'],
    [fieldPart('n'.repeat(60)), 'three'],
  ]);
  const damage = fc.record({
    at: fc.nat(small.length - 1),
    remove: fc.nat(40),
    insert: fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      fc.constantFrom('\r\n--b', '\r\n\r\n', 'n'.repeat(99)).map((t) => Buffer.from(t)),
    ),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(damage, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 50 }),
      async (all, length) => {
        let body = small;
        for (const { at, remove, insert } of all) {
          body = Buffer.concat([body.subarray(0, at), insert, body.subarray(Math.min(at + remove, body.length))]);
        }
        try {
          await read(inPieces(body, [length]));
        } catch (error) {
          if (!(error instanceof IngestError || error instanceof MalformedError)) throw error;
        }
      },
    ),
    { numRuns: 400 },
  );
});

describe('an error', () => {
  async function* thenThrows(bytes: Buffer, error: Error): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(bytes);
    throw error;
  }

  test.each([10, 60, 150, 300, 1000, FORM.length])(
    'of the sender after %i bytes comes through as it was',
    async (at) => {
      const cut = Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
      await expect(read(thenThrows(FORM.subarray(0, at), cut))).rejects.toBe(cut);
    },
  );

  test('at a limit comes even if all of the form is in hand, and nothing is waited for', async () => {
    const long = fieldPart('n'.repeat(65));
    for (const parts of [
      [[long, 'x']],
      [
        [filePart('a'), 'x'],
        [long, 'x'],
        [filePart('z'), 'x'],
      ],
      [
        [filePart('n'.repeat(65)), 'x'],
        [filePart('z'), 'x'],
      ],
    ] as const) {
      await expect(read(inPieces(multipart('b', parts), [100_000]))).rejects.toMatchObject({
        code: 'ingest.too-long-name',
      });
    }
  });

  test('of the reader ends the form', async () => {
    const reading = async (): Promise<void> => {
      for await (const part of formParts(inPieces(FORM, [500]), 'b', LIMITS)) {
        if (part.kind === 'file') for await (const piece of part.bytes) throw new Error(`read ${String(piece.length)}`);
      }
    };
    await expect(reading()).rejects.toThrow('read');
  });
});

test('reading a file slowly holds the sender up', async () => {
  let sent = 0;
  const piece = Buffer.alloc(64 * 1024, 1);
  async function* endless(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.from(`--b\r\n${filePart('f')}\r\n\r\n`));
    for (;;) {
      sent += piece.length;
      yield await Promise.resolve(piece);
    }
  }
  for await (const part of formParts(endless(), 'b', LIMITS)) {
    if (part.kind !== 'file') continue;
    let read = 0;
    for await (const bytes of part.bytes) {
      read += bytes.length;
      // Whatever else may run, runs: and still no more comes than a few buffers hold.
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
      expect(sent - read).toBeLessThan(1024 * 1024);
      if (read > 4 * 1024 * 1024) break;
    }
    break;
  }
});
