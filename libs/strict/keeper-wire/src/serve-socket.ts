import { chmodSync, rmSync } from 'node:fs';
import { type Server, type Socket, createServer } from 'node:net';
import { FrameSocket } from './frame.js';

const MAX_CONNECTIONS = 512;
/** From the first byte of a request to its last. */
const REQUEST_MS = 5_000;
/** Longer than clients keep an idle connection, so that they are the ones to close it. */
const IDLE_MS = 60_000;

/** Answers one request; throws where it is malformed, which ends the connection. */
export type AnswerFrame = (frames: FrameSocket, request: Buffer) => Promise<void>;

/** Listens on a Unix socket of mode 0600. What a killed process left there is removed. */
export async function serveSocket(path: string, answer: AnswerFrame): Promise<Server> {
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    void serveConnection(socket, answer);
  });
  server.maxConnections = MAX_CONNECTIONS;
  const before = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(path, resolve);
    });
  } finally {
    process.umask(before);
  }
  chmodSync(path, 0o600);
  return server;
}

/** One request after the other; the first that is malformed ends the connection. */
async function serveConnection(socket: Socket, answer: AnswerFrame): Promise<void> {
  const frames = new FrameSocket(socket);
  try {
    while (await frames.rest(IDLE_MS)) {
      const frame = await frames.next('message', REQUEST_MS);
      if (frame === null) return;
      await answer(frames, frame);
    }
  } catch {
    // The other side is gone, too slow or not one of ours: there is nobody to tell.
  } finally {
    frames.close();
  }
}
