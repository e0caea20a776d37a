import { Buffer } from 'node:buffer';
import { readSync, writeSync } from 'node:fs';
import { decodeHead, encodeFrame, type Frame, HEAD_BYTES, LENGTH_BYTES } from '../wire/frame.js';

const FROM_PARENT = 3;
const TO_PARENT = 4;

/** The two blocking pipes to the parent: what keeps parsers synchronous and plain. */
export class ParentPipe {
  /** Null where the parent has gone. */
  receive(): Frame | null {
    const length = this.#take(LENGTH_BYTES)?.readUInt32LE(0);
    if (length === undefined || length < HEAD_BYTES) return null;
    const bytes = this.#take(length);
    return bytes === null ? null : { ...decodeHead(bytes), payload: bytes.subarray(HEAD_BYTES) };
  }

  send(op: number, source: number, count: number, payload: readonly Uint8Array[]): void {
    const frame = encodeFrame(op, source, count, payload);
    for (let at = 0; at < frame.length;) at += writeSync(TO_PARENT, frame, at);
  }

  #take(length: number): Buffer | null {
    const bytes = Buffer.allocUnsafeSlow(length);
    for (let at = 0; at < length;) {
      const read = readSync(FROM_PARENT, bytes, at, length - at, null);
      if (read === 0) return null;
      at += read;
    }
    return bytes;
  }
}
