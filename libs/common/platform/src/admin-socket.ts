import { chmodSync, rmSync } from 'node:fs';
import { type Server, type Socket, createServer } from 'node:net';

/** One JSON line in, one out. What a request may be is the handler's schema. */
export type AdminHandler = (request: unknown) => Promise<unknown>;

const MAX_LINE_BYTES = 16 * 1024;
const IDLE_MS = 10_000;

/**
 * A Unix socket of mode 0600 for commands on the same machine (`crashkeep token create`, `crashkeep admin link`): whoever
 * may open it owns the state folder anyway. A refusal is `{"error":{"code":…}}`.
 */
export async function openAdminSocket(path: string, handle: AdminHandler): Promise<Server> {
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    serveOne(socket, handle);
  });
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

function serveOne(socket: Socket, handle: AdminHandler): void {
  let line = '';
  socket.setEncoding('utf8');
  socket.setTimeout(IDLE_MS, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  socket.on('data', (text: string) => {
    line += text;
    if (line.length > MAX_LINE_BYTES) socket.destroy();
    else if (line.includes('\n')) void answer(socket, line.slice(0, line.indexOf('\n')), handle);
  });
}

async function answer(socket: Socket, line: string, handle: AdminHandler): Promise<void> {
  socket.removeAllListeners('data');
  try {
    socket.end(`${JSON.stringify(await handle(JSON.parse(line)))}\n`);
  } catch (error) {
    const code =
      error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'admin.failed';
    socket.end(`${JSON.stringify({ error: { code } })}\n`);
  }
}
