import { createConnection } from 'node:net';
import { FrameSocket } from './frame.js';
import { KeeperError } from './keeper-error.js';

const CONNECT_MS = 2_000;

/** Rejects with `keeper.away` or `keeper.timeout`. */
export function connect(path: string): Promise<FrameSocket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path);
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new KeeperError('keeper.timeout'));
    }, CONNECT_MS);
    socket.once('error', () => {
      clearTimeout(timer);
      reject(new KeeperError('keeper.away'));
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(new FrameSocket(socket));
    });
  });
}
