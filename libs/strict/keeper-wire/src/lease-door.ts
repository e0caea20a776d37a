import type { Server } from 'node:net';
import { connect } from './connect.js';
import { KeeperError } from './keeper-error.js';
import { LeaseAnswer, LeaseRequest } from './lease-messages.js';
import { parseMessage } from './messages.js';
import { serveSocket } from './serve-socket.js';

const ANSWER_MS = 10_000;

export interface LeaseHandlers {
  lease(request: LeaseRequest): Promise<LeaseAnswer>;
  /** Told of what failed. */
  failed(error: unknown): void;
}

/** The keeper's door for workers, a socket of its own: who has it can ask for new headers within the allowance, and for nothing else. */
export function serveLeases(path: string, handlers: LeaseHandlers): Promise<Server> {
  return serveSocket(path, async (frames, frame) => {
    const request = parseMessage(frame, LeaseRequest);
    await frames.write('message', Buffer.from(JSON.stringify(await answerOf(request, handlers))));
  });
}

async function answerOf(request: LeaseRequest, handlers: LeaseHandlers): Promise<LeaseAnswer> {
  try {
    return await handlers.lease(request);
  } catch (error) {
    handlers.failed(error);
    return { refused: 'lease.failed', again: null };
  }
}

/** A worker's end. A connection for each question: they are few. */
export class LeaseClient {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Rejects with a KeeperError where the keeper is away. */
  async lease(request: Omit<LeaseRequest, 'ask'>): Promise<LeaseAnswer> {
    const frames = await connect(this.#path);
    try {
      await frames.write('message', Buffer.from(JSON.stringify({ ask: 'lease', ...request })));
      const frame = await frames.next('message', ANSWER_MS);
      if (frame === null) throw new KeeperError('keeper.away');
      return parseMessage(frame, LeaseAnswer);
    } finally {
      frames.close();
    }
  }
}
