// Ingest beside a bare Node server that writes the same body to a file: the same client, the same bytes, one run.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { residentMemory } from './memory.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const MB = 1024 * 1024;
const DUMP_BYTES = 5 * MB;
const UPLOADS = 60;
const AT_ONCE = 4;
const LARGE_BYTES = 4 * 1024 * MB;

export async function benchIngest(print) {
  const home = mkdtempSync(join(tmpdir(), 'crashkeep-bench-'));
  chmodSync(home, 0o755);
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const env = {
    ...process.env,
    CRASHKEEP_HOME: home,
    CRASHKEEP_PORT: String(port),
    CRASHKEEP_INGEST_MAX_DUMP_BYTES: String(8 * 1024 * MB),
  };
  const vault = spawn('npm', ['start', '--silent'], { cwd: root, env, stdio: 'ignore', detached: true });
  const bare = spawn('node', [join(root, 'bench/src/bare-server.mjs'), join(home, 'bare'), String(port + 3)], {
    stdio: 'ignore',
  });
  try {
    await untilServing(`http://localhost:${port + 2}/healthz`);
    const cli = ['apps/cli/bin/crashkeep.mjs', 'token', 'create', '--project', 'default', '--class', 'ingest'];
    const token = execFileSync('node', cli, { cwd: root, env, encoding: 'utf8' }).trim().split('\n').at(-1);
    await measure(
      print,
      `http://localhost:${port + 2}/submit?token=${token}`,
      `http://localhost:${port + 3}/`,
      pidOf(home, 'ingest'),
    );
  } finally {
    bare.kill();
    process.kill(-vault.pid, 'SIGINT');
    await new Promise((resolve) => vault.once('exit', resolve));
    rmSync(home, { recursive: true, force: true });
  }
}

async function measure(print, ours, bare, ingestPid) {
  const dump = dumpOf(DUMP_BYTES);
  for (const url of [ours, bare]) await rate(url, dump, 8); // warm both
  const before = residentMemory(ingestPid);
  const [peer, value] = [await rate(bare, dump, UPLOADS), await rate(ours, dump, UPLOADS)];
  print('ingest', `5 MB dumps, ${AT_ONCE} at once`, value, 'MB/s', peer, value / peer);
  const growth = await growthWhile(ingestPid, before, () => rate(ours, dump, 50, 50));
  print('ingest', 'memory growth, fifty 5 MB dumps at once', growth, 'MB');
  print(
    'ingest',
    'memory growth, one 4 GB dump',
    await growthWhile(ingestPid, residentMemory(ingestPid), () => send(ours, LARGE_BYTES, dump, null)),
    'MB',
  );
}

/** A minidump's header and directory, then bytes that do not compress. It is a dump to ingest; what it holds is nobody's. */
function dumpOf(bytes) {
  const dump = randomBytes(bytes);
  dump.write('MDMP', 0);
  dump.writeUInt32LE(0xa793, 4);
  dump.writeUInt32LE(0, 8);
  dump.writeUInt32LE(32, 12);
  return dump;
}

async function rate(url, dump, uploads, atOnce = AT_ONCE) {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const before = process.hrtime.bigint();
  let left = uploads;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) await send(url, dump.length, dump, agent);
    }),
  );
  agent.destroy();
  return (uploads * dump.length) / MB / (Number(process.hrtime.bigint() - before) / 1e9);
}

/** One raw upload of `total` bytes: the dump's first, then its own again and again. */
function send(url, total, dump, agent) {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/octet-stream', 'content-length': total };
    const sending = request(url, { method: 'POST', agent: agent ?? undefined, headers }, (answer) => {
      answer.resume();
      answer.once('end', () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`status ${answer.statusCode}`)),
      );
    });
    sending.once('error', reject);
    let sent = 0;
    const more = () => {
      while (sent < total) {
        const piece = dump.subarray(0, Math.min(dump.length, total - sent));
        sent += piece.length;
        if (!sending.write(piece)) return void sending.once('drain', more);
      }
      sending.end();
    };
    more();
  });
}

async function growthWhile(pid, before, act) {
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, residentMemory(pid))), 50);
  await act();
  clearInterval(watch);
  return Math.max(0, most - before);
}

function pidOf(home, app) {
  const name = readdirSync(join(home, 'run')).find((entry) => entry.startsWith(app) && entry.endsWith('.pid'));
  const { pid } = JSON.parse(readFileSync(join(home, 'run', name), 'utf8'));
  // A process that cannot be seen would look like one that never grows.
  if (!(residentMemory(pid) > 0)) throw new Error('the memory of ingest cannot be read');
  return pid;
}

async function untilServing(url) {
  for (let tries = 0; tries < 600; tries++) {
    if (
      await fetch(url).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return;
    await sleep(250);
  }
  throw new Error('the vault does not serve');
}
