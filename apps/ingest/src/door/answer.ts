import type { ServerResponse } from 'node:http';
import type { ProblemFacts } from '@crashkeep/platform';
import { ObjectStoreError } from '@crashkeep/strict-store';
import type { RequestBody } from '../body/request-body.js';
import { IngestError, MalformedError } from '../ingest-error.js';

export interface Answer {
  readonly status: number;
  readonly type: 'text/plain; charset=utf-8' | 'application/json; charset=utf-8' | 'application/problem+json';
  readonly text: string;
  /** Seconds. */
  readonly retryAfter?: number;
}

export const textAnswer = (status: number, text: string): Answer => ({
  status,
  type: 'text/plain; charset=utf-8',
  text,
});

export const jsonAnswer = (text: string): Answer => ({ status: 200, type: 'application/json; charset=utf-8', text });

/** What a refusal looks like outside, or null for a fault of ours that nobody named. */
export function refusalOf(error: unknown): Answer | null {
  if (error instanceof MalformedError) return textAnswer(400, `Discarded=malformed_${error.reason}\n`);
  if (error instanceof IngestError) return problemAnswer(error.facts);
  if (error instanceof ObjectStoreError) return problemAnswer(new IngestError('ingest.store-away').facts);
  return null;
}

function problemAnswer({ code, status, title, blame, retry, retryAfter }: ProblemFacts): Answer {
  const text = JSON.stringify({ type: 'about:blank', title, status, code, blame, retry });
  return { status, type: 'application/problem+json', text, ...(retryAfter === undefined ? {} : { retryAfter }) };
}

/**
 * Sends an answer. Where the body is not read to its end, the connection closes after it, but not before what still comes
 * was thrown away: the client is to read this, and many read only when they have sent.
 */
export async function sendAnswer(response: ServerResponse, answer: Answer, body: RequestBody): Promise<void> {
  if (response.destroyed || response.headersSent) return;
  const bytes = Buffer.from(answer.text, 'utf8');
  const early = !response.req.complete;
  response.statusCode = answer.status;
  response.setHeader('content-type', answer.type);
  response.setHeader('content-length', bytes.length);
  response.setHeader('cache-control', 'no-store');
  if (answer.retryAfter !== undefined) response.setHeader('retry-after', answer.retryAfter);
  if (answer.status === 401) response.setHeader('www-authenticate', 'Bearer');
  if (early) response.setHeader('connection', 'close');
  response.write(bytes);
  if (early) await body.drain();
  response.end();
}
