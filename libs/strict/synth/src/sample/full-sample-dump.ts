import { sampleBuilder } from './sample-dump.js';

/** A file that is too large to be held: any range of it can be had. */
export interface SparseFile {
  readonly size: number;
  read(offset: number, length: number): Uint8Array;
}

const MEMORY_64_LIST = 9;
const REGION_BYTES = 16 * 1024 * 1024;
const FIRST_ADDRESS = 0x1000_0000n;

/** The sample with `threads` more threads and, as a full dump has it, `memoryBytes` of the process's other memory behind all else. */
export function fullSampleDump(memoryBytes: number, threads = 0): SparseFile {
  const front = frontOf(memoryBytes, threads, 0).length;
  const head = frontOf(memoryBytes, threads, front);
  const read = (offset: number, length: number): Uint8Array => {
    const bytes = new Uint8Array(length);
    bytes.set(head.subarray(offset, offset + length));
    return bytes;
  };
  return { size: front + memoryBytes, read };
}

/** Everything but that memory, which begins at `memoryAt`. */
function frontOf(memoryBytes: number, threads: number, memoryAt: number): Uint8Array {
  const dump = sampleBuilder();
  for (let i = 0; i < threads; i++) {
    const address = 0x7f00_0000_0000n + BigInt(i) * 0x10_0000n;
    const bytes = new Uint8Array(64 * 1024).fill(i + 1);
    dump.thread({ id: 50_000 + i, registers: { rip: 0x5000n, rsp: address }, stack: { address, bytes } });
  }
  if (memoryBytes > 0) dump.stream(MEMORY_64_LIST, memoryList(memoryBytes, memoryAt));
  return dump.bytes();
}

function memoryList(memoryBytes: number, memoryAt: number): Uint8Array {
  const regions = Math.ceil(memoryBytes / REGION_BYTES);
  const words = new BigUint64Array(2 + 2 * regions);
  words.set([BigInt(regions), BigInt(memoryAt)]);
  for (let i = 0; i < regions; i++) {
    const size = Math.min(REGION_BYTES, memoryBytes - i * REGION_BYTES);
    words.set([FIRST_ADDRESS + BigInt(i) * BigInt(REGION_BYTES), BigInt(size)], 2 + 2 * i);
  }
  return new Uint8Array(words.buffer);
}
