import { expect, test } from 'vitest';
import { consoleClient } from './index.js';

const baseUrl = 'http://console.test';

test('a call goes where the description says, with the token, and its answer has the type of its schema', async () => {
  const asked: Request[] = [];
  const client = consoleClient({
    baseUrl,
    headers: { authorization: 'Bearer ckr_x' },
    fetch: (request) => {
      asked.push(request);
      return Promise.resolve(Response.json({ crashers: [{ signature: 'relay::find', count: 3 }], more: false }));
    },
  });
  const { data } = await client.GET('/api/v1/top', { params: { query: { project: 'relay', q: 'os:linux', days: 7 } } });
  expect(data?.crashers[0]?.count).toBe(3);
  expect(asked[0]?.url).toBe('http://console.test/api/v1/top?project=relay&q=os%3Alinux&days=7');
  expect(asked[0]?.headers.get('authorization')).toBe('Bearer ckr_x');
});

test('a refusal is an error with its code', async () => {
  const problem = {
    type: 'about:blank',
    title: 'x',
    status: 400,
    code: 'query.missing-term',
    blame: 'sender',
    retry: false,
  };
  const type = { 'content-type': 'application/problem+json' };
  const fetch = () => Promise.resolve(new Response(JSON.stringify(problem), { status: 400, headers: type }));
  const { data, error } = await consoleClient({ baseUrl, fetch }).GET('/api/v1/search', {
    params: { query: { project: 'relay', q: '(' } },
  });
  expect(data).toBeUndefined();
  expect(error).toMatchObject({ code: 'query.missing-term' });
});
