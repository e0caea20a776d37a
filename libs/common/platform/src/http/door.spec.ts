import { Controller, Get, Module, Post } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { afterEach, expect, test } from 'vitest';
import { createLogger } from '../logger.js';
import { bootHttpApp } from './boot.js';
import { type Authenticator, Policy } from './policy.js';

const person = {
  kind: 'person',
  personId: 'p',
  name: 'A',
  login: 'a',
  roles: [],
  session: 's',
  csrf: 'right',
} as const;
const authenticator: Authenticator = {
  bySession: (cookie) => Promise.resolve(cookie === 'good' ? person : null),
  byToken: (token, classes) =>
    Promise.resolve(
      token === 'ckr_x' && classes.includes('read')
        ? { kind: 'token', tokenId: 't', project: 'p', class: 'read' }
        : null,
    ),
};

@Controller('things')
class Things {
  @Get('open')
  @Policy({ door: 'public', why: 'a constant' })
  open(): string {
    return 'open';
  }

  @Get('mine')
  @Policy({ door: 'session' })
  mine(): string {
    return 'mine';
  }

  @Get('read')
  @Policy({ door: 'session-or-token', classes: ['read'] })
  read(): string {
    return 'read';
  }

  @Post('mine')
  @Policy({ door: 'session' })
  change(): string {
    throw new Error('hunter2');
  }
}

@Module({ controllers: [Things] })
class Whole {}

@Controller('bare')
class Bare {
  @Get()
  bare(): string {
    return 'bare';
  }
}

@Module({ controllers: [Bare] })
class WithBareRoute {}

let app: NestExpressApplication | null = null;
afterEach(async () => {
  await app?.close();
  app = null;
});

async function boot(module: typeof Whole): Promise<string> {
  app = await bootHttpApp({
    module,
    log: createLogger('test'),
    host: '127.0.0.1',
    port: 0,
    door: { cookie: '__Host-t', origin: 'http://localhost:1' },
    authenticator,
    healthy: () => Promise.resolve(true),
    jsonLimit: 1024,
  });
  return app.getUrl();
}

test('a route without a policy stops the boot, and is named', async () => {
  await expect(boot(WithBareRoute)).rejects.toThrow('Bare.bare');
});

test('who is let in', async () => {
  const url = await boot(Whole);
  const status = async (path: string, init: RequestInit = {}) => (await fetch(`${url}/things/${path}`, init)).status;
  const cookie = { cookie: '__Host-t=good' };
  const json = { 'content-type': 'application/json' };
  expect(await status('open')).toBe(200);
  expect(await status('mine')).toBe(401);
  expect(await status('mine', { headers: { cookie: '__Host-t=bad' } })).toBe(401);
  expect(await status('mine', { headers: { authorization: 'Bearer ckr_x' } })).toBe(401);
  expect(await status('mine', { headers: cookie })).toBe(200);
  expect(await status('read', { headers: { authorization: 'Bearer ckr_x' } })).toBe(200);
  expect(await status('read', { headers: { authorization: 'Bearer cki_x' } })).toBe(401);
  const post = (headers: Record<string, string>) => status('mine', { method: 'POST', headers, body: '{}' });
  expect(await post({ ...cookie, ...json })).toBe(403);
  expect(await post({ ...cookie, ...json, 'x-crashkeep-csrf': 'wrong' })).toBe(403);
  expect(await post({ ...cookie, ...json, 'x-crashkeep-csrf': 'right', origin: 'http://evil.example' })).toBe(403);
  expect(await post({ ...cookie, ...json, 'x-crashkeep-csrf': 'right', 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await post({ ...cookie, 'content-type': 'text/plain', 'x-crashkeep-csrf': 'right' })).toBe(403);
});

test('an error is a closed code: its message goes nowhere', async () => {
  const url = await boot(Whole);
  const answer = await fetch(`${url}/things/mine`, {
    method: 'POST',
    headers: { cookie: '__Host-t=good', 'x-crashkeep-csrf': 'right', 'content-type': 'application/json' },
    body: '{}',
  });
  expect(answer.status).toBe(500);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  const text = await answer.text();
  expect(JSON.parse(text)).toMatchObject({ code: 'http.internal', blame: 'us', retry: true });
  expect(text).not.toContain('hunter2');
  expect((await fetch(`${url}/nowhere`)).status).toBe(404);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});
