import { Buffer } from 'node:buffer';

/**
 * A message between child and parent: u32 length of what follows the length, u8 op, u8 source, u16 count, payload.
 * Little-endian. The same frame goes both ways; which ops may come is each side's to check.
 */
export interface Frame {
  readonly op: number;
  readonly source: number;
  readonly count: number;
  readonly payload: Buffer;
}

export const LENGTH_BYTES = 4;
export const HEAD_BYTES = 4;

/** From the child. */
export const Ask = { ready: 1, ranges: 2, symbols: 3, result: 4, failure: 5, piece: 6 } as const;
/** From the parent. */
export const Reply = { job: 16, bytes: 17, symbols: 18, refused: 19 } as const;

/** All of a message that stands before its payload of `payloadBytes`. */
export function encodeHead(op: number, source: number, count: number, payloadBytes: number): Buffer {
  const head = Buffer.allocUnsafe(LENGTH_BYTES + HEAD_BYTES);
  head.writeUInt32LE(HEAD_BYTES + payloadBytes, 0);
  head.writeUInt8(op, 4);
  head.writeUInt8(source, 5);
  head.writeUInt16LE(count, 6);
  return head;
}

export function encodeFrame(op: number, source: number, count: number, payload: readonly Uint8Array[]): Buffer {
  return Buffer.concat([encodeHead(op, source, count, bytesOf(payload)), ...payload]);
}

export function bytesOf(payload: readonly Uint8Array[]): number {
  return payload.reduce((sum, { length }) => sum + length, 0);
}

/** `head` is the four bytes behind the length. */
export function decodeHead(head: Buffer): { readonly op: number; readonly source: number; readonly count: number } {
  return { op: head.readUInt8(0), source: head.readUInt8(1), count: head.readUInt16LE(2) };
}
