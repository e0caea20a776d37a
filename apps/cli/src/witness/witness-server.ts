import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { type Witness, answerWitness } from '@crashkeep/ledger';

const MAX_BODY_BYTES = 128 * 1024;
const SILENCE_MS = 10_000;

export interface WitnessServerTerms {
  readonly witness: Witness;
  /** Told of each answer: the ledger's size is in the request, the status says what came of it. */
  readonly onAnswer: (status: number) => void;
}

/** POST /add-checkpoint, and GET /healthz; nothing else. */
export function witnessServer(terms: WitnessServerTerms): Server {
  const server = createServer((request, response) => {
    answer(request, response, terms).catch(() => {
      if (!response.headersSent) response.writeHead(500).end();
      terms.onAnswer(500);
    });
  });
  server.requestTimeout = SILENCE_MS;
  server.headersTimeout = SILENCE_MS;
  return server;
}

async function answer(request: IncomingMessage, response: ServerResponse, terms: WitnessServerTerms): Promise<void> {
  if (request.method === 'GET' && request.url === '/healthz') {
    response.writeHead(200).end();
    return;
  }
  if (request.method !== 'POST' || request.url?.endsWith('/add-checkpoint') !== true) {
    response.writeHead(404).end();
    return;
  }
  const body = await boundedBody(request);
  if (body === null) {
    response.writeHead(413, { connection: 'close' }).end();
    return;
  }
  const reply = answerWitness(body, terms.witness, new Date());
  response.writeHead(reply.status, { 'content-type': reply.type, 'cache-control': 'no-store' }).end(reply.body);
  terms.onAnswer(reply.status);
}

async function boundedBody(request: IncomingMessage): Promise<string | null> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > MAX_BODY_BYTES) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
