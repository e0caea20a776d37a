import { connect } from 'node:net';

/** `code` is the app's refusal, or `admin.unreachable` where nothing listens, `admin.forbidden` where the socket is another user's. */
export class AdminError extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = 'AdminError';
  }
}

const PATIENCE_MS = 15_000;
const MAX_ANSWER_CHARACTERS = 64 * 1024;

/** One JSON line to an app's admin socket, one back: the value that stands under `wanted` in it. */
export async function askAdmin(socket: string, request: object, wanted: string): Promise<string> {
  const answer: unknown = JSON.parse(await exchangeLines(socket, `${JSON.stringify(request)}\n`));
  if (typeof answer !== 'object' || answer === null) throw new AdminError('admin.failed');
  const fields = answer as Record<string, unknown>;
  const value = fields[wanted];
  if (typeof value === 'string') return value;
  const error = fields['error'] as { code?: unknown } | undefined;
  throw new AdminError(typeof error?.code === 'string' ? error.code : 'admin.failed');
}

function exchangeLines(socket: string, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const connection = connect(socket, () => connection.write(line));
    connection.setEncoding('utf8');
    connection.setTimeout(PATIENCE_MS, () => connection.destroy(new AdminError('admin.timeout')));
    connection.on('data', (chunk: string) => {
      text += chunk;
      if (text.length > MAX_ANSWER_CHARACTERS) connection.destroy(new AdminError('admin.failed'));
    });
    connection.on('end', () => {
      if (text === '') reject(new AdminError('admin.failed'));
      else resolve(text);
    });
    connection.on('error', (error: NodeJS.ErrnoException) => {
      if (error instanceof AdminError) reject(error);
      else reject(new AdminError(error.code === 'EACCES' ? 'admin.forbidden' : 'admin.unreachable'));
    });
  });
}
