import { afterEach, expect, test, vi } from 'vitest';
import { ApiError, explainError } from './api-error.js';
import { queryText, request } from './request.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

function answering(answer: () => Response | Promise<Response>): ReturnType<typeof vi.fn> {
  const fetch = vi.fn(async () => Promise.resolve(answer()));
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

test('a query leaves out what is empty and escapes the rest', () => {
  expect(queryText({ project: 'a', q: 'x::y & z', cursor: null, sort: '' })).toBe('?project=a&q=x%3A%3Ay+%26+z');
  expect(queryText({ q: undefined })).toBe('');
});

test('each failure has a code and a sentence, and none quotes what failed', () => {
  expect(explainError(new ApiError('http.forbidden', 403, 'You may not do this.'))).toEqual({
    code: 'http.forbidden',
    why: 'You may not do this.',
  });
  expect(explainError(new ApiError('network.timeout', 0, null)).why).toContain('15 seconds');
  expect(explainError(new TypeError('x is not a function at secret')).why).not.toContain('secret');
});

test('an answer is read, and an empty one is null', async () => {
  answering(() => Response.json({ id: 'a' }));
  await expect(request('/reports/a')).resolves.toEqual({ id: 'a' });
  answering(() => new Response(null, { status: 204 }));
  await expect(request('/session', { method: 'DELETE', csrf: 'c' })).resolves.toBeNull();
});

test('what changes something carries the session’s value, and JSON', async () => {
  const fetch = answering(() => new Response(null, { status: 204 }));
  await request('/tokens', { method: 'POST', body: { class: 'read' }, csrf: 'c' });
  const [path, init] = fetch.mock.calls[0] as unknown as [string, RequestInit & { headers: Headers }];
  expect(path).toBe('/api/v1/tokens');
  expect(init.headers.get('x-crashkeep-csrf')).toBe('c');
  expect(init.headers.get('content-type')).toBe('application/json');
});

test.each([
  [
    () => Response.json({ code: 'console.bad-cursor', title: 'Again.' }, { status: 400 }),
    'console.bad-cursor',
    'Again.',
  ],
  [() => new Response('<html>', { status: 502 }), 'http.502', null],
  [() => new Response('<html>', { status: 200 }), 'network.unreadable', null],
  [() => Promise.reject(new TypeError('failed')), 'network.unreachable', null],
])('a refusal, a proxy’s page, no server: each is an ApiError with a code', async (answer, code, title) => {
  answering(answer);
  await expect(request('/groups')).rejects.toMatchObject({ name: 'ApiError', code, title });
});
