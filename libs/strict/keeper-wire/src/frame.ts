import type { Socket } from 'node:net';
import { KeeperError } from './keeper-error.js';

/** Frame: length of the payload (4 bytes, big-endian), kind (1 byte), payload. */
const HEADER_BYTES = 5;

export const MESSAGE_BYTES_MAX = 256 * 1024;
export const BYTES_FRAME_MAX = 16 * 1024;

/** A reader that stops reading holds a frame of plaintext no longer than this. */
const WRITE_MS = 10_000;

export type FrameKind = 'message' | 'bytes';

const KINDS: { readonly [K in FrameKind]: { readonly code: number; readonly max: number } } = {
  message: { code: 1, max: MESSAGE_BYTES_MAX },
  bytes: { code: 2, max: BYTES_FRAME_MAX },
};

/** Frames over one socket. Reading is by pulling, so that the other side cannot fill our memory. */
export class FrameSocket {
  readonly #socket: Socket;
  #wake: (() => void) | null = null;

  constructor(socket: Socket) {
    this.#socket = socket;
    // For good, not for each wait: a listener that is added while half a frame is there is called at once, for ever.
    for (const event of ['readable', 'end', 'close']) socket.on(event, () => this.#wake?.());
    // Without a listener an error would end the process; whoever waits for a frame learns of it by `keeper.away`.
    socket.on('error', () => socket.destroy());
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed && this.#socket.writable;
  }

  /** Between frames a connection may rest. True when there is more to read, false when the other side ended or slept. */
  async rest(idleMs: number): Promise<boolean> {
    if (this.#socket.readableLength > 0) return true;
    return !this.#ended && (await this.#somethingNew(idleMs));
  }

  /** The next frame, which must be of this kind; null where the other side ended between two frames. */
  async next(kind: FrameKind, timeoutMs: number): Promise<Buffer | null> {
    const deadline = Date.now() + timeoutMs;
    const header = await this.#take(HEADER_BYTES, deadline);
    if (header === null) return null;
    const { code, max } = KINDS[kind];
    const length = header.readUInt32BE(0);
    if (header[4] !== code) throw this.#fail('keeper.malformed');
    if (length > max) throw this.#fail('keeper.too-large');
    if (length === 0) return Buffer.alloc(0);
    const payload = await this.#take(length, deadline);
    if (payload === null) throw this.#fail('keeper.away');
    return payload;
  }

  /** Resolves when the socket took it: a reader that stops reading stops its writer. */
  write(kind: FrameKind, payload: Uint8Array): Promise<void> {
    const { code, max } = KINDS[kind];
    if (payload.length > max) throw this.#fail('keeper.too-large');
    const header = Buffer.alloc(HEADER_BYTES);
    header.writeUInt32BE(payload.length, 0);
    header[4] = code;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#socket.destroy(), WRITE_MS);
      this.#socket.cork();
      this.#socket.write(header);
      this.#socket.write(payload, (error) => {
        clearTimeout(timer);
        if (error) reject(this.#fail('keeper.away'));
        else resolve();
      });
      this.#socket.uncork();
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #fail(code: 'keeper.malformed' | 'keeper.too-large' | 'keeper.away' | 'keeper.timeout'): KeeperError {
    this.close();
    return new KeeperError(code);
  }

  /** Exactly `bytes`, or null where the stream ended before the first of them. */
  async #take(bytes: number, deadline: number): Promise<Buffer | null> {
    for (;;) {
      const chunk = this.#socket.read(bytes) as Buffer | null;
      if (chunk?.length === bytes) return chunk;
      if (chunk !== null) throw this.#fail('keeper.away'); // the rest of a stream that ended in mid-frame
      if (this.#ended) return null;
      if (!(await this.#somethingNew(deadline - Date.now()))) throw this.#fail('keeper.timeout');
    }
  }

  get #ended(): boolean {
    return this.#socket.destroyed || this.#socket.readableEnded;
  }

  /** False after `ms` without anything. */
  #somethingNew(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const done = (news: boolean): void => {
        clearTimeout(timer);
        this.#wake = null;
        resolve(news);
      };
      const timer = setTimeout(done, Math.max(0, ms), false);
      this.#wake = () => {
        done(true);
      };
    });
  }
}
