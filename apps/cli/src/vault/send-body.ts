import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Readable } from 'node:stream';

export interface OutgoingBody {
  readonly method: 'PUT' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

export interface VaultAnswer {
  readonly status: number;
  readonly text: string;
  /** Seconds that the vault asks to wait. */
  readonly retryAfter: number | null;
}

const ANSWER_CHARACTERS_MAX = 64 * 1024;
const SILENCE_MS = 120_000;

/** The vault was not reached, or went away before it had answered. */
export class AwayError extends Error {
  override readonly name = 'AwayError';
}

/** Streams one body; an answer that comes before the body's end is the answer. Throws `AwayError`, and what the body throws. */
export function sendBody({ method, url, headers, pieces }: OutgoingBody): Promise<VaultAnswer> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request = send(url, { method, headers, timeout: SILENCE_MS });
    const body = Readable.from(pieces, { objectMode: false });
    request.on('response', (response) => {
      readAnswer(response).then(resolve, () => {
        reject(new AwayError('vault.away'));
      });
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => {
      body.destroy();
      reject(new AwayError('vault.away'));
    });
    body.on('error', (error) => {
      reject(error);
      request.destroy();
    });
    body.pipe(request);
  });
}

async function readAnswer(response: IncomingMessage): Promise<VaultAnswer> {
  response.setEncoding('utf8');
  let text = '';
  for await (const piece of response) if (text.length < ANSWER_CHARACTERS_MAX) text += String(piece);
  const wait = Number(response.headers['retry-after'] ?? NaN);
  return { status: response.statusCode ?? 0, text, retryAfter: Number.isFinite(wait) ? wait : null };
}
