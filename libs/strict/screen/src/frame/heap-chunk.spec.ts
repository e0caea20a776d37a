import { BufferSource } from '@crashkeep/snapshot';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { screen } from '../screen.js';

/** A heap of glibc: each content behind its size, in use, and the top chunk at the end. */
function heapOf(...contents: readonly Uint8Array[]): Buffer {
  const chunks = contents.map((content) => {
    const size = Math.ceil((content.length + 8) / 16) * 16;
    const chunk = Buffer.alloc(size);
    chunk.writeUInt32LE(size | 1, 0);
    chunk.set(content, 8);
    return chunk;
  });
  const top = Buffer.alloc(64);
  top.writeUInt32LE(0x2_0001, 0);
  return Buffer.concat([Buffer.alloc(8), ...chunks, top]);
}

const pkcs8 = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ format: 'der', type: 'pkcs8' });
const maskOf = (bytes: Buffer) => {
  const { findings } = screen(new BufferSource(bytes), [{ address: 0x1000n, offset: 0, size: bytes.length }]);
  return findings.filter(({ kind }) => kind === 'rsa-private-key').map(({ mask }) => mask);
};

describe('a mask', () => {
  test('is the heap chunk around a key, whatever stands before and behind the key in it', () => {
    const content = Buffer.concat([Buffer.from('password of the key: hunter2; '), pkcs8, Buffer.alloc(100, 'x')]);
    const heap = heapOf(Buffer.alloc(40, 'a'), content, Buffer.alloc(40, 'b'));
    const [mask] = maskOf(heap);
    const start = heap.indexOf(content);
    expect(mask).toEqual({ offset: start, length: Math.ceil((content.length + 8) / 16) * 16 - 8 });
  });

  test('is the key alone where no chunk is known', () => {
    const bytes = Buffer.concat([randomBytes(333), pkcs8, randomBytes(333)]);
    const [mask] = maskOf(bytes);
    expect(mask).toEqual({ offset: 333, length: pkcs8.length });
  });

  test('does not follow a size that leads nowhere', () => {
    const heap = heapOf(Buffer.alloc(40, 'a'), pkcs8, Buffer.alloc(40, 'b'));
    const start = heap.indexOf(pkcs8);
    heap.writeUInt32LE(0xfff1, start - 8);
    expect(maskOf(heap)).toEqual([{ offset: start, length: pkcs8.length }]);
  });
});
