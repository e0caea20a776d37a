import { z } from 'zod';
import { connect } from './connect.js';
import type { FrameSocket } from './frame.js';
import { KeeperError } from './keeper-error.js';
import {
  type KeeperRequest,
  NonceAnswer,
  PinAnswer,
  PingAnswer,
  ReadAnswer,
  type ReadRequest,
  RecipientsAnswer,
  Refusal,
  type RootPasskey,
  parseMessage,
} from './messages.js';

const ANSWER_MS = 10_000;
const IDLE_MS = 20_000;
const IDLE_CONNECTIONS_MAX = 32;

/** strict-api's end of the wire. Every method rejects with a KeeperError. */
export class KeeperClient {
  readonly #path: string;
  readonly #idle = new Map<FrameSocket, NodeJS.Timeout>();

  constructor(path: string) {
    this.#path = path;
  }

  ping(): Promise<PingAnswer> {
    return this.#ask({ ask: 'ping' }, PingAnswer);
  }

  async pinRoot(root: RootPasskey): Promise<void> {
    await this.#ask({ ask: 'pin-root', root }, PinAnswer);
  }

  recipients(): Promise<RecipientsAnswer> {
    return this.#ask({ ask: 'recipients' }, RecipientsAnswer);
  }

  async nonce(): Promise<string> {
    return (await this.#ask({ ask: 'nonce' }, NonceAnswer)).nonce;
  }

  /** The caller passes the bytes on and wipes them. */
  async read(request: Omit<ReadRequest, 'ask'>): Promise<ReadAnswer & { readonly plaintext: Buffer }> {
    return this.#withConnection(async (frames) => {
      const answer = await exchange(frames, { ask: 'read', ...request }, ReadAnswer);
      return { ...answer, plaintext: await takeBytes(frames, answer.bytes) };
    });
  }

  close(): void {
    for (const [frames, timer] of this.#idle) {
      clearTimeout(timer);
      frames.close();
    }
    this.#idle.clear();
  }

  #ask<T extends z.ZodType>(request: KeeperRequest, answer: T): Promise<z.infer<T>> {
    return this.#withConnection((frames) => exchange(frames, request, answer));
  }

  async #withConnection<T>(act: (frames: FrameSocket) => Promise<T>): Promise<T> {
    const frames = this.#takeIdle() ?? (await connect(this.#path));
    try {
      const result = await act(frames);
      this.#keepIdle(frames);
      return result;
    } catch (error) {
      // A refusal leaves the connection in order; after anything else nobody knows what comes next on it.
      if (error instanceof Refused) this.#keepIdle(frames);
      else frames.close();
      throw error instanceof Refused ? new KeeperError(error.code) : error;
    }
  }

  #takeIdle(): FrameSocket | null {
    for (const [frames, timer] of this.#idle) {
      clearTimeout(timer);
      this.#idle.delete(frames);
      if (frames.isOpen) return frames;
    }
    return null;
  }

  #keepIdle(frames: FrameSocket): void {
    if (!frames.isOpen || this.#idle.size >= IDLE_CONNECTIONS_MAX) {
      frames.close();
      return;
    }
    const timer = setTimeout(() => {
      this.#idle.delete(frames);
      frames.close();
    }, IDLE_MS).unref();
    this.#idle.set(frames, timer);
  }
}

class Refused extends KeeperError {}

const isRefusal = (message: unknown): message is z.infer<typeof Refusal> => Refusal.safeParse(message).success;

async function exchange<T extends z.ZodType>(
  frames: FrameSocket,
  request: KeeperRequest,
  answer: T,
): Promise<z.infer<T>> {
  await frames.write('message', Buffer.from(JSON.stringify(request)));
  const frame = await frames.next('message', ANSWER_MS);
  if (frame === null) throw new KeeperError('keeper.away');
  const message = parseMessage(frame, z.union([Refusal, answer]));
  if (isRefusal(message)) throw new Refused(message.refused);
  return message;
}

/** Exactly so many; more or fewer is not an answer. */
async function takeBytes(frames: FrameSocket, length: number): Promise<Buffer> {
  const plaintext = Buffer.alloc(length);
  for (let at = 0; at < length;) {
    const frame = await frames.next('bytes', ANSWER_MS);
    if (frame === null || frame.length === 0 || at + frame.length > length) throw new KeeperError('keeper.malformed');
    frame.copy(plaintext, at);
    at += frame.length;
    frame.fill(0);
  }
  return plaintext;
}
