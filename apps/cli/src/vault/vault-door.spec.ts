import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type Server as HttpServer, createServer as createHttpServer } from 'node:http';
import { type AddressInfo, type Server, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const PROGRAM = resolve(import.meta.dirname, '../../bin/crashkeep.mjs');
const TOKEN = `cki_${'x'.repeat(71)}`;

let home: string;
let admin: Server;
let vault: HttpServer;
let url: string;
let asked: { readonly do: string; readonly token?: string }[];
let answer: (done: () => void) => void;
let seen: string[];

beforeEach(async () => {
  if (!existsSync(resolve(import.meta.dirname, '../../dist/main.js'))) throw new Error('Run: npx tsc -b apps/cli');
  home = mkdtempSync(join(tmpdir(), 'ck-door-'));
  mkdirSync(join(home, 'run'));
  [asked, seen] = [[], []];
  answer = (done) => {
    done();
  };
  admin = createServer((socket) => {
    socket.on('data', (line) => {
      const request = JSON.parse(line.toString()) as (typeof asked)[number];
      asked.push(request);
      socket.end(`${JSON.stringify(request.do === 'token.create' ? { token: TOKEN } : { revoked: 'id' })}\n`);
    });
  });
  vault = createHttpServer((request, response) => {
    seen.push(request.headers.authorization ?? '');
    request.resume().on('end', () => {
      answer(() => response.end('5b0f1c2d-3e4f-4a5b-8c6d-7e8f9a0b1c2d'));
    });
  });
  await new Promise<void>((done) => admin.listen(join(home, 'run/lenient-admin.sock'), done));
  await new Promise<void>((done) => vault.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${String((vault.address() as AddressInfo).port)}`;
  writeFileSync(join(home, 'a.dmp'), 'MDMP');
});
afterEach(() => {
  admin.close();
  vault.close();
  vault.closeAllConnections();
  rmSync(home, { recursive: true });
});

function submit(environment: Record<string, string> = {}): { child: ChildProcess; ended: Promise<number | null> } {
  const env = { ...process.env, XDG_STATE_HOME: home, CRASHKEEP_HOME: home, CRASHKEEP_TOKEN: '', ...environment };
  const child = spawn(process.execPath, [PROGRAM, 'submit', join(home, 'a.dmp'), '--url', url], {
    env,
    stdio: 'ignore',
  });
  return { child, ended: new Promise((done) => child.once('exit', done)) };
}

test('a token that was made for one run ends with it', async () => {
  expect(await submit().ended).toBe(0);
  expect(seen).toEqual([`Bearer ${TOKEN}`]);
  expect(asked.map((request) => request.do)).toEqual(['token.create', 'token.revoke']);
  expect(asked[1]?.token).toBe(TOKEN);
});

test('also where the run failed', async () => {
  rmSync(join(home, 'a.dmp'));
  expect(await submit().ended).toBe(1);
  expect(asked.map((request) => request.do)).toEqual(['token.create', 'token.revoke']);
});

test.each(['SIGINT', 'SIGTERM'] as const)('and where %s ended it', async (signal) => {
  let sent = (): void => undefined;
  const isSent = new Promise<void>((done) => (sent = done));
  answer = () => {
    sent();
  };
  const { child, ended } = submit();
  await isSent;
  child.kill(signal);
  expect(await ended).toBe(signal === 'SIGINT' ? 130 : 143);
  expect(asked.map((request) => request.do)).toEqual(['token.create', 'token.revoke']);
});

test('a token of the user’s own is left alone', async () => {
  expect(await submit({ CRASHKEEP_TOKEN: 'cki_mine' }).ended).toBe(0);
  expect([seen, asked]).toEqual([['Bearer cki_mine'], []]);
});
