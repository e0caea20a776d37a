import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type Server, type Socket, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessError } from '@crashkeep/access';
import { newGrantId, newPersonId } from '@crashkeep/ids';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KeeperClient, KeeperError, type KeeperHandlers, serveKeeper } from './index.js';

const KEY = 'MCowBQYDK2VwAyEA';

const LEAF = 'b0e42fe7-31a5-4894-a441-007e5256afea';
const plaintext = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, at) => at % 251));

let folder: string;
let path: string;
let failures: unknown[];
const closing: (() => void)[] = [];

const handlers: KeeperHandlers = {
  ping: () => Promise.resolve({ root: null, statementKey: KEY }),
  pinRoot: () => Promise.reject(new KeeperError('keeper.root-pinned')),
  read: ({ asked }) => {
    const [first] = asked;
    const range = first !== undefined && 'offset' in first ? first : undefined;
    if (range?.offset === 1) return Promise.reject(new AccessError('access.over-budget'));
    if (range?.offset === 2) return Promise.reject(new Error('a message with hunter2 in it'));
    const bytes = plaintext(range?.length ?? 0);
    const answer = {
      bytes: bytes.length,
      budgetLeft: 7,
      expiresAt: '2026-11-24T22:00:00.000Z',
      leaf: LEAF,
      masks: [],
      nonce: 'n',
    };
    return Promise.resolve({ answer, bytes });
  },
  nonce: () => Promise.resolve({ nonce: 'n' }),
  recipients: () => Promise.resolve({ vault: [], extraction: ['2026-11-24'] }),
  failed: (error) => failures.push(error),
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ck-wire-'));
  path = join(folder, 'keeper.sock');
  failures = [];
});

afterEach(() => {
  for (const close of closing.splice(0)) close();
  rmSync(folder, { recursive: true });
});

async function serving(): Promise<KeeperClient> {
  const server = await serveKeeper(path, handlers);
  const client = new KeeperClient(path);
  closing.push(
    () => server.close(),
    () => {
      client.close();
    },
  );
  return client;
}

const read = (client: KeeperClient, offset: number, length: number) =>
  client.read({
    ...{ grant: newGrantId(), person: newPersonId(), via: 'GET', proof: null, located: null },
    asked: [{ offset, length }],
  });

test('only the owner may open the socket, and what a killed keeper left is replaced', async () => {
  writeFileSync(path, '');
  chmodSync(path, 0o777);
  const client = await serving();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(await client.ping()).toEqual({ root: null, statementKey: KEY });
});

test.each([1, 16_384, 16_385, 65_536])('%d bytes come whole', async (length) => {
  const client = await serving();
  const answer = await read(client, 0, length);
  expect(answer).toMatchObject({ bytes: length, budgetLeft: 7, leaf: LEAF });
  expect(answer.plaintext.equals(plaintext(length))).toBe(true);
});

test('many ask at once, on connections that are used again', async () => {
  const client = await serving();
  for (let round = 0; round < 3; round++) {
    const answers = await Promise.all(Array.from({ length: 64 }, (_, at) => read(client, 0, at + 1)));
    expect(answers.map(({ bytes }) => bytes)).toEqual(Array.from({ length: 64 }, (_, at) => at + 1));
  }
});

test('a refusal is its code, and the connection stays in order', async () => {
  const client = await serving();
  await expect(read(client, 1, 4)).rejects.toThrow('access.over-budget');
  expect((await client.recipients()).extraction).toEqual(['2026-11-24']);
  const root = { credential: 'AA', publicKey: 'AA', person: newPersonId() };
  await expect(client.pinRoot(root)).rejects.toThrow('keeper.root-pinned');
});

test("an error's message does not cross: it becomes keeper.failed, and the keeper is told", async () => {
  const client = await serving();
  await expect(read(client, 2, 4)).rejects.toThrow(/^keeper\.failed$/);
  expect(failures).toHaveLength(1);
});

test('nobody listens', async () => {
  await expect(new KeeperClient(path).ping()).rejects.toThrow('keeper.away');
});

describe('what a client sends that is no request ends its connection', () => {
  const frame = (kind: number, payload: string | Buffer): Buffer => {
    const body = Buffer.from(payload);
    const header = Buffer.alloc(5);
    header.writeUInt32BE(body.length, 0);
    header[4] = kind;
    return Buffer.concat([header, body]);
  };

  test.each<[string, Buffer]>([
    ['a length of 4 GB', Buffer.from('ffffffff01', 'hex')],
    ['a frame of bytes', frame(2, 'x')],
    ['no JSON', frame(1, '{')],
    ['an unknown ask', frame(1, '{"ask":"keys"}')],
    ['a field too many', frame(1, '{"ask":"ping","and":1}')],
    [
      'a read without ranges',
      frame(1, `{"ask":"read","grant":"${newGrantId()}","person":"${newPersonId()}","ranges":[]}`),
    ],
    ['half a frame', frame(1, '{"ask":"ping"}').subarray(0, 9)],
  ])('%s', async (_what, sent) => {
    const client = await serving();
    const answered = await new Promise<Buffer>((resolve) => {
      const chunks: Buffer[] = [];
      const socket = connect(path, () => socket.end(sent));
      socket
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('close', () => {
          resolve(Buffer.concat(chunks));
        });
    });
    expect(answered).toHaveLength(0);
    expect(await client.ping()).toEqual({ root: null, statementKey: KEY });
  });
});

test('a request in any pieces is the same request', async () => {
  await serving();
  const request = '{"ask":"ping"}';
  const whole = Buffer.concat([Buffer.from([0, 0, 0, request.length, 1]), Buffer.from(request)]);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(whole.length), { maxLength: 6 }), async (cuts) => {
      const answer = await sentInPieces(
        path,
        whole,
        [...cuts, whole.length].sort((a, b) => a - b),
      );
      expect(answer.subarray(5).toString()).toBe(JSON.stringify({ root: null, statementKey: KEY }));
    }),
    { numRuns: 40 },
  );
});

describe('a keeper that answers what it must not', () => {
  const answering = async (sent: Buffer): Promise<KeeperClient> => {
    const server: Server = createServer((socket: Socket) => {
      socket.once('data', () => socket.end(sent));
    });
    await new Promise<void>((resolve) => server.listen(path, resolve));
    const client = new KeeperClient(path);
    closing.push(() => server.close());
    return client;
  };
  const message = (text: string): Buffer => Buffer.concat([Buffer.from([0, 0, 0, text.length, 1]), Buffer.from(text)]);
  const header = message(
    `{"bytes":4,"budgetLeft":0,"expiresAt":"2026-11-24T22:00:00.000Z","leaf":"${LEAF}","masks":[],"nonce":"n"}`,
  );

  test.each<[string, Buffer, string]>([
    ['nothing', Buffer.alloc(0), 'keeper.away'],
    ['no JSON', message('{'), 'keeper.malformed'],
    ['an unknown refusal', message('{"refused":"because"}'), 'keeper.malformed'],
    ['fewer bytes than it said', Buffer.concat([header, Buffer.from([0, 0, 0, 2, 2, 1, 1])]), 'keeper.malformed'],
    [
      'more bytes than it said',
      Buffer.concat([header, Buffer.from([0, 0, 0, 5, 2, 1, 1, 1, 1, 1])]),
      'keeper.malformed',
    ],
    ['half a frame', Buffer.concat([header, Buffer.from([0, 0, 0, 4, 2, 1])]), 'keeper.away'],
  ])('%s', async (_what, sent, code) => {
    await expect(read(await answering(sent), 0, 4)).rejects.toThrow(code);
  });
});

function sentInPieces(at: string, whole: Buffer, cuts: readonly number[]): Promise<Buffer> {
  return new Promise((resolve) => {
    const socket = connect(at, () => {
      let from = 0;
      const next = (rest: readonly number[]): void => {
        const [to, ...later] = rest;
        if (to === undefined) return;
        socket.write(whole.subarray(from, to), () => {
          from = to;
          setImmediate(next, later);
        });
      };
      next(cuts);
    });
    socket.once('data', (answer: Buffer) => {
      socket.destroy();
      resolve(answer);
    });
  });
}
