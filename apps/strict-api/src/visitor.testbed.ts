import { expect } from 'vitest';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly json: Record<string, unknown>;
}

/** A browser's worth of the API: its own cookie, the token against cross-site requests, the origin. */
export class Visitor {
  cookie: string | null = null;
  #csrf: string | null = null;

  constructor(
    private readonly url: string,
    private readonly origin: string,
  ) {}

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        origin: this.origin,
        ...(this.cookie === null ? {} : { cookie: this.cookie }),
        ...(this.#csrf === null ? {} : { 'x-crashkeep-csrf': this.#csrf }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    await this.#keep(answer.headers.getSetCookie());
    return { status: answer.status, headers: answer.headers, bytes, json: parsed(bytes) };
  }

  /** The JSON of an answer that must have this status. */
  async expect(status: number, method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const answer = await this.call(method, path, body);
    expect({ path, status: answer.status, code: answer.json['code'] }).toEqual({ path, status, code: undefined });
    return answer.json;
  }

  async refused(status: number, code: string, method: string, path: string, body?: unknown): Promise<void> {
    const { json, ...answer } = await this.call(method, path, body);
    expect({ status: answer.status, code: json['code'] }).toEqual({ status, code });
  }

  async #keep(cookies: readonly string[]): Promise<void> {
    const session = cookies.map((it) => it.split(';')[0]).find((it) => it?.startsWith('__Host-ck-room='));
    if (session === undefined) return;
    this.cookie = session.endsWith('=') ? null : session;
    this.#csrf = null;
    if (this.cookie !== null) this.#csrf = String((await this.call('GET', '/session')).json['csrf']);
  }
}

function parsed(bytes: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(bytes.toString('utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}
