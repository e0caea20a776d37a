import type { Server } from 'node:net';
import type { z } from 'zod';
import { BYTES_FRAME_MAX, type FrameSocket } from './frame.js';
import { RefusalCode } from './keeper-error.js';
import {
  KeeperRequest,
  type NonceAnswer,
  type PinAnswer,
  type PingAnswer,
  type ReadAnswer,
  type ReadRequest,
  type RecipientsAnswer,
  type RootPasskey,
  parseMessage,
} from './messages.js';
import { serveSocket } from './serve-socket.js';

/** What a keeper does. Each rejects with a KeeperError or an AccessError; any other error becomes `keeper.failed`. */
export interface KeeperHandlers {
  ping(): Promise<PingAnswer>;
  pinRoot(root: RootPasskey): Promise<z.infer<typeof PinAnswer>>;
  /** The bytes are wiped once they are written. */
  read(request: ReadRequest): Promise<{ readonly answer: ReadAnswer; readonly bytes: Buffer }>;
  recipients(): Promise<RecipientsAnswer>;
  nonce(): Promise<z.infer<typeof NonceAnswer>>;
  /** Told of what was not refused but failed. */
  failed(error: unknown): void;
}

/** Listens on a Unix socket of mode 0600. What a killed keeper left there is removed. */
export function serveKeeper(path: string, handlers: KeeperHandlers): Promise<Server> {
  return serveSocket(path, (frames, frame) => answerRequest(frames, parseMessage(frame, KeeperRequest), handlers));
}

async function answerRequest(frames: FrameSocket, request: KeeperRequest, handlers: KeeperHandlers): Promise<void> {
  let answer: unknown;
  let bytes: Buffer | null = null;
  try {
    if (request.ask === 'read') ({ answer, bytes } = await handlers.read(request));
    else if (request.ask === 'ping') answer = await handlers.ping();
    else if (request.ask === 'pin-root') answer = await handlers.pinRoot(request.root);
    else if (request.ask === 'nonce') answer = await handlers.nonce();
    else answer = await handlers.recipients();
  } catch (error) {
    answer = { refused: refusalOf(error, handlers) };
  }
  await frames.write('message', Buffer.from(JSON.stringify(answer)));
  if (bytes !== null) await writeBytes(frames, bytes);
}

async function writeBytes(frames: FrameSocket, bytes: Buffer): Promise<void> {
  try {
    for (let at = 0; at < bytes.length; at += BYTES_FRAME_MAX) {
      await frames.write('bytes', bytes.subarray(at, at + BYTES_FRAME_MAX));
    }
  } finally {
    bytes.fill(0);
  }
}

function refusalOf(error: unknown, handlers: KeeperHandlers): z.infer<typeof RefusalCode> {
  const code = error instanceof Error && 'code' in error ? RefusalCode.safeParse(error.code) : null;
  if (code?.success === true) return code.data;
  handlers.failed(error);
  return 'keeper.failed';
}
