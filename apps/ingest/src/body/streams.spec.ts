import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteBudget, type ByteStream } from './byte-budget.js';
import { contentOf, decodedBody } from './content.js';
import { dumpShape } from './dump-magic.js';
import { gunzip } from './gunzip.js';
import { peek } from './peek.js';

async function* pieces(...all: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const piece of all) yield await Promise.resolve(Buffer.from(piece));
}

async function whole(stream: ByteStream): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of stream) all.push(piece);
  return Buffer.concat(all);
}

describe('peek', () => {
  test('gives the first bytes and the whole, wherever pieces end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 9 })), fc.nat(20), async (all, length) => {
        const { head, whole: rest } = await peek(pieces(...all), length);
        const expected = Buffer.concat(all);
        expect(head.equals(expected.subarray(0, length))).toBe(true);
        expect((await whole(rest)).equals(expected)).toBe(true);
      }),
    );
  });

  test('passes an early end on to its source', async () => {
    let ended = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield* pieces('x');
      } finally {
        ended = true;
      }
    }
    for await (const _piece of (await peek(source(), 1)).whole) break;
    expect(ended).toBe(true);
  });
});

describe('gunzip', () => {
  test('undoes gzip, in one member or many', async () => {
    const members = ['one ', 'two', ' three'].map((text) => gzipSync(text));
    expect((await whole(gunzip(pieces(...members)))).toString()).toBe('one two three');
  });

  test('says bad_gzip of what is none or is cut, and passes on what its source throws', async () => {
    const bytes = gzipSync('x'.repeat(1000));
    for (const bad of [Buffer.from('hello'), bytes.subarray(0, -1), bytes.subarray(0, 5), Buffer.alloc(0)]) {
      await expect(whole(gunzip(pieces(bad)))).rejects.toMatchObject({ reason: 'bad_gzip' });
    }
    const cut = new Error('cut');
    async function* cutSource(): AsyncGenerator<Uint8Array> {
      yield* pieces(bytes.subarray(0, 9));
      throw cut;
    }
    await expect(whole(gunzip(cutSource()))).rejects.toBe(cut);
  });
});

test('a budget is one for all layers', async () => {
  const budget = new ByteBudget(10);
  expect((await whole(budget.count(pieces('12345')))).length).toBe(5);
  expect((await whole(budget.count(pieces('12345')))).length).toBe(5);
  await expect(whole(budget.count(pieces('1')))).rejects.toMatchObject({ code: 'ingest.too-large' });
});

describe('what a body is', () => {
  test.each([
    ['multipart/form-data; boundary=abc', { kind: 'form', boundary: 'abc' }],
    ['Multipart/Form-Data; charset=utf-8; Boundary="a b\\"c"', { kind: 'form', boundary: 'a b"c' }],
    ['multipart/mixed;boundary=---MultipartBoundary-x---', { kind: 'form', boundary: '---MultipartBoundary-x---' }],
    ['application/octet-stream', { kind: 'raw' }],
    ['application/x-dmp; x=y', { kind: 'raw' }],
  ])('%s', (type, content) => {
    expect(contentOf({ 'content-type': type })).toEqual(content);
  });

  test.each([
    [undefined, 'no_content_type'],
    ['', 'wrong_content_type'],
    ['text/html', 'wrong_content_type'],
    ['multipart/form-data', 'no_boundary'],
    ['multipart/form-data; boundary=', 'no_boundary'],
    ['multipart/form-data; boundary=""', 'no_boundary'],
  ])('%s is refused', (type, reason) => {
    const headers = type === undefined ? {} : { 'content-type': type };
    expect(() => contentOf(headers)).toThrow(expect.objectContaining({ reason }));
  });

  test('and how it is encoded', async () => {
    const decode = (encoding: string | undefined, bytes: Uint8Array) =>
      whole(decodedBody(encoding, pieces(bytes), { wire: new ByteBudget(100), unfolded: new ByteBudget(100) }));
    expect((await decode(undefined, Buffer.from('x'))).toString()).toBe('x');
    expect((await decode('GZIP', gzipSync('x'))).toString()).toBe('x');
    await expect(decode('gzip', gzipSync('x'.repeat(101)))).rejects.toMatchObject({ code: 'ingest.too-large' });
    await expect((async () => decode('deflate', Buffer.alloc(1)))()).rejects.toMatchObject({
      reason: 'wrong_content_encoding',
    });
  });
});

describe('what a dump part is', () => {
  const elf = (type: number, data = 1): Buffer => {
    const head = Buffer.alloc(64);
    head.write('\x7fELF', 'latin1');
    head[5] = data;
    if (data === 2) head.writeUInt16BE(type, 16);
    else head.writeUInt16LE(type, 16);
    return head;
  };
  test.each([
    [Buffer.from('MDMP\x93\xa7'), { kind: 'dump', format: 'minidump' }],
    [Buffer.from('PMDM'), { kind: 'dump', format: 'minidump' }],
    [elf(4), { kind: 'dump', format: 'elf_core' }],
    [elf(4, 2), { kind: 'dump', format: 'elf_core' }],
    [elf(3), { kind: 'unknown' }],
    [elf(4).subarray(0, 17), { kind: 'unknown' }],
    [gzipSync('x'), { kind: 'gzip' }],
    [Buffer.from('BZh91AY'), { kind: 'other-compression' }],
    [Buffer.from('--inner\r\nContent'), { kind: 'form', boundary: 'inner' }],
    [Buffer.from('--inner\nContent'), { kind: 'unknown' }],
    [Buffer.from('--'), { kind: 'unknown' }],
    [Buffer.alloc(0), { kind: 'unknown' }],
  ])('%s', (head, shape) => {
    expect(dumpShape(head)).toEqual(shape);
  });
});
