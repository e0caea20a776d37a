import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dumpIds, expectation, fixtureFile, hasShared, isDisputed, sharedNote, symbolPaths } from './harness/shared.js';
import { type Frame, type Report, askReport, curlDump, curlSymbols, untilWalked } from './harness/upload.js';
import { type Vault, startVault, throwAway } from './harness/vault.js';

interface Expected {
  readonly crashing_thread: number;
  readonly crash_reason: string;
  readonly threads: readonly { readonly frames: readonly Frame[] }[];
  readonly modules: readonly { readonly debug_file: string | null; readonly debug_id: string | null }[];
}

const DUMPS = hasShared ? dumpIds(/^(?:chromium__.*|own__fp-.*__crashpad)$/) : [];

let vault: Vault;
let ingestToken: string;
let readToken: string;

beforeAll(async () => {
  vault = await startVault();
  ingestToken = await vault.token('ingest');
  readToken = await vault.token('read');
  const symbolsToken = await vault.token('symbols');
  const paths = DUMPS.flatMap((id) => symbolPaths((expectation(id, 'sym') as Expected).modules));
  for (const path of new Set(paths)) await curlSymbols(vault, symbolsToken, path, fixtureFile(`symbols/${path}`));
});

afterAll(async () => {
  await throwAway(vault);
});

/** What the open report shows of a frame, in the words of the fixtures. */
function shown(frame: Frame): object {
  const { module, module_offset: offset, function: name, file, line, trust, inlines } = frame;
  return {
    module,
    offset: offset === null ? null : BigInt(offset),
    function: name ?? null,
    file: file ?? null,
    line: line ?? null,
    trust,
    inlines: (inlines ?? []).map((inline) => ({
      function: inline.function ?? null,
      file: inline.file ?? null,
      line: inline.line ?? null,
    })),
  };
}

function crashingFrames(report: Report | Expected): object[] {
  const thread = report.crashing_thread;
  return thread === null ? [] : (report.threads[thread]?.frames ?? []).map(shown);
}

/** DESIGN.md 6: an address outside every module is shown without value. */
function asDisclosed(expected: Expected): object[] {
  return crashingFrames(expected);
}

describe('a dump by curl becomes the trace that the references print', () => {
  test.skipIf(!hasShared)(`there are dumps to send${sharedNote}`, () => {
    expect(DUMPS.length).toBeGreaterThan(10);
  });

  test.each(DUMPS)('%s', async (dump) => {
    const id = await curlDump(`${vault.ingest}/submit?token=${ingestToken}`, fixtureFile(`minidumps/${dump}.dmp`), {
      prod: 'Fixture',
      ver: '1.2.3',
    });
    const answer = await untilWalked(vault, readToken, id);
    expect(answer.failure).toBeNull();
    const { report } = answer;
    if (report === null) throw new Error('done, and no report');
    expect(report).toMatchObject({ product: 'Fixture', version: '1.2.3' });
    const expected = expectation(dump, 'sym') as Expected;
    expect(report.crash_reason).toBe(expected.crash_reason);
    if (!isDisputed(`${dump}.sym`)) expect(crashingFrames(report)).toEqual(asDisclosed(expected));
  });

  test.skipIf(!hasShared)(`a recorded request of a stock Crashpad, byte for byte${sharedNote}`, async () => {
    const body = fixtureFile('http/crashpad-gzip.raw');
    const id = replay(body, `${vault.ingest}/submit/${ingestToken}`);
    expect((await untilWalked(vault, readToken, id)).state).toBe('done');
  });

  test('a token that reads cannot send, and one that sends cannot read', async () => {
    const post = await fetch(`${vault.ingest}/submit?token=${readToken}`, { method: 'POST', body: 'MDMP' });
    expect(post.status).toBe(401);
    await expect(askReport(vault, ingestToken, '00000000-0000-4000-8000-000000000000')).rejects.toThrow('401');
  });
});

/** The recorded bytes hold request line and headers: only the path and the host are ours. */
function replay(file: string, url: string): string {
  const script = `
    const { readFileSync } = require('node:fs'); const { connect } = require('node:net');
    const raw = readFileSync(process.argv[1]); const url = new URL(process.argv[2]);
    const end = raw.indexOf('\\r\\n\\r\\n');
    const lines = raw.subarray(0, end).toString('latin1').split('\\r\\n');
    lines[0] = 'POST ' + url.pathname + ' HTTP/1.1';
    const head = [...lines.filter((line) => !/^(host|connection):/i.test(line)), 'Host: ' + url.host, 'Connection: close'];
    const socket = connect(Number(url.port), '127.0.0.1');
    let answer = ''; socket.setEncoding('latin1'); socket.on('data', (text) => { answer += text; });
    socket.on('end', () => { console.log(answer.split('\\r\\n\\r\\n').slice(1).join('')); });
    socket.write(head.join('\\r\\n') + '\\r\\n\\r\\n'); socket.write(raw.subarray(end + 4));`;
  const printed = execFileSync('node', ['-e', script, file, url], { encoding: 'utf8' });
  const [id] = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/.exec(printed) ?? [];
  if (id === undefined) throw new Error(`no id in the answer: ${printed}`);
  return id;
}
