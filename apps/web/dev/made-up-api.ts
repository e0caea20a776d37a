import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, refusal } from './answer.js';
import { groupAnswer, groupsAnswer, page, reportAnswer, rowAnswer } from './answers.js';
import { MadeUpHouse } from './made-up-house.js';
import { type MadeUpDump, MadeUpVault } from './made-up-vault.js';

const ARRIVES_EVERY_MS = 15_000;

/** lenient-api as the page knows it, over made-up data. Development only: nothing of it is built into the page. */
export class MadeUpApi {
  readonly #vault = new MadeUpVault(Date.now());
  readonly #house = new MadeUpHouse();
  readonly #listeners = new Set<ServerResponse>();

  constructor() {
    if (process.env['MADE_UP_STILL'] === undefined) setInterval(this.#arrive, ARRIVES_EVERY_MS).unref();
  }

  /** True where the request was ours. */
  handle(request: IncomingMessage, response: ServerResponse): boolean {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!url.pathname.startsWith('/api/v1/')) return false;
    const path = url.pathname.slice('/api/v1'.length);
    if (path === '/events') this.#listen(response);
    else void this.#answer(request, response, path, url.searchParams);
    return true;
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    query: URLSearchParams,
  ): Promise<void> {
    const body = await readJson(request);
    const delay = Number(process.env['MADE_UP_DELAY'] ?? 40);
    await new Promise((resolve) => setTimeout(resolve, delay));
    const answer =
      this.#house.answer(request, response, path, body) ??
      (this.#house.isSignedIn(request) ? this.#read(path, query) : refusal(401, 'http.sign-in', 'Sign in first.'));
    send(response, answer);
  }

  #read(path: string, query: URLSearchParams): Answer {
    const vault = this.#vault;
    const empty = query.get('project') === 'empty';
    const [, what, id = '', then] = path.split('/');
    if (what === 'groups' && id === '')
      return { status: 200, body: empty ? { groups: [], next: null } : groupsAnswer(vault, query) };
    if (what === 'reports' && id === '')
      return { status: 200, body: page('reports', empty ? [] : vault.dumps.map(rowAnswer), query, 50) };
    const group = vault.groups.find((known) => known.id === id);
    if (what === 'groups' && group !== undefined) {
      const body = then === 'reports' ? page('reports', group.dumps.map(rowAnswer), query, 10) : groupAnswer(group);
      return { status: 200, body };
    }
    const dump = vault.find(id);
    if (what === 'reports' && dump !== undefined) return { status: 200, body: reportAnswer(dump) };
    return refusal(404, 'http.not-found', 'There is nothing here.');
  }

  #listen(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': here\n\n');
    this.#listeners.add(response);
    response.on('close', () => this.#listeners.delete(response));
  }

  readonly #arrive = (): void => {
    const dump = this.#vault.arrive(Date.now());
    this.#tell(dump);
    setTimeout(() => {
      Object.assign(dump, { state: 'walking', walkingAt: Date.now() });
      this.#tell(dump);
    }, 4000).unref();
    setTimeout(() => {
      Object.assign(dump, { state: 'done', doneAt: Date.now() });
      this.#tell(dump);
    }, 7000).unref();
  };

  #tell({ id, state }: MadeUpDump): void {
    for (const listener of this.#listeners) listener.write(`event: dump\ndata: ${JSON.stringify({ id, state })}\n\n`);
  }
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.statusCode = status;
  response.setHeader('content-type', status < 400 ? 'application/json' : 'application/problem+json');
  response.end(body === null ? undefined : JSON.stringify(body));
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? null : JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
