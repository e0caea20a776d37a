import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, refusal } from './answer.js';

const COOKIE = 'made-up-session=1';
const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

interface MadeUpPerson {
  id: string;
  name: string;
  login: string;
  roles: { project: string; role: string }[];
  active: boolean;
}

/** People, tokens and the session of the made-up vault. Any login goes with the password `open sesame`. */
export class MadeUpHouse {
  readonly #people: MadeUpPerson[] = [
    person('1', 'Ada Olsen', 'ada', 'engineer', true),
    person('2', 'Ravi Menon', 'ravi', 'engineer', true),
    person('3', 'Marta Kowalska', 'marta', 'viewer', true),
    person('4', 'Jun Park', 'jun', 'viewer', false),
  ];
  readonly #tokens: Record<string, unknown>[] = [
    token('a', 'ingest', 'orbit desktop', 61, 0.002),
    token('b', 'ingest', 'field-agent', 24, 0.05),
    token('c', 'symbols', 'build pipeline', 24, 0.8),
    token('d', 'read', 'weekly crash digest', 9, null),
  ];

  isSignedIn(request: IncomingMessage): boolean {
    return request.headers.cookie?.includes(COOKIE) === true;
  }

  /** Null: not a question for this part. */
  answer(request: IncomingMessage, response: ServerResponse, path: string, body: unknown): Answer | null {
    const method = request.method ?? 'GET';
    const said = (body ?? {}) as Record<string, string>;
    if (method === 'POST' && path === '/session') return this.#signIn(response, said);
    if (method === 'POST' && path === '/invitations/accept') return this.#accept(said);
    if (!this.isSignedIn(request)) return null;
    if (method === 'GET') return this.#read(path);
    return this.#change(method, path, said, response);
  }

  #signIn(response: ServerResponse, { password }: Record<string, string>): Answer {
    if (password !== 'open sesame') return refusal(401, 'session.refused', 'Login and password do not go together.');
    response.setHeader('set-cookie', `${COOKIE}; Path=/; HttpOnly; SameSite=Strict`);
    return { status: 204, body: null };
  }

  #accept({ secret }: Record<string, string>): Answer {
    if (secret === 'used')
      return refusal(410, 'invitation.used', 'This link was used or has expired. Ask for a new one.');
    return { status: 204, body: null };
  }

  #read(path: string): Answer | null {
    const answers: Readonly<Record<string, unknown>> = {
      '/session': {
        person: { id: '1', name: 'Ada Olsen', login: 'ada' },
        roles: [
          { project: 'default', role: 'engineer' },
          { project: 'empty', role: 'viewer' },
        ],
        csrf: 'made-up',
      },
      '/projects': [
        { id: 'default', name: 'Default' },
        { id: 'empty', name: 'Kiosk' },
      ],
      '/places': { room: 'http://room.localhost:8081', ingest: 'http://localhost:8082' },
      '/people': { people: this.#people },
      '/tokens': { tokens: this.#tokens },
    };
    return path in answers ? { status: 200, body: answers[path] } : null;
  }

  #change(method: string, path: string, said: Record<string, string>, response: ServerResponse): Answer | null {
    if (method === 'DELETE' && path === '/session') {
      response.setHeader('set-cookie', 'made-up-session=0; Path=/; Max-Age=0');
      return { status: 204, body: null };
    }
    if (method === 'POST' && path === '/people') {
      this.#people.push(
        person(String(this.#people.length + 1), said['name'] ?? '', said['login'] ?? '', said['role'] ?? '', false),
      );
      return { status: 201, body: { link: 'http://localhost:8080/invitation#Qh2xT7cWmv0R9sKdZ4nPaL' } };
    }
    if (method === 'POST' && path === '/tokens') {
      const prefix = { ingest: 'cki_', symbols: 'cks_', read: 'ckr_' }[said['class'] ?? ''] ?? 'ck?_';
      this.#tokens.unshift(token(String(this.#tokens.length), said['class'] ?? '', said['label'] ?? '', 0, null));
      return { status: 201, body: { token: `${prefix}7Qm2vTf4bHs0KxWnE1dLr9Zc3Yp6UaGw8Jt5` } };
    }
    if (method === 'DELETE' && path.startsWith('/tokens/')) {
      const found = this.#tokens.find(({ id }) => path.endsWith(`/${String(id)}`));
      if (found !== undefined) found['revoked_at'] = new Date().toISOString();
      return { status: 204, body: null };
    }
    const changed = this.#people.find(({ id }) => path === `/people/${id}`);
    if (method === 'PATCH' && changed !== undefined) {
      changed.roles = (said as unknown as { roles: MadeUpPerson['roles'] }).roles;
      return { status: 204, body: null };
    }
    return null;
  }
}

function person(id: string, name: string, login: string, role: string, active: boolean): MadeUpPerson {
  return { id, name, login, roles: [{ project: 'default', role }], active };
}

function token(id: string, kind: string, label: string, days: number, used: number | null): Record<string, unknown> {
  return {
    id,
    class: kind,
    project: 'default',
    label,
    created_at: ago(days),
    last_used_at: used === null ? null : ago(used),
    revoked_at: null,
  };
}
