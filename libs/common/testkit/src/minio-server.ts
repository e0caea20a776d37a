import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface MinioServer {
  readonly host: string;
  readonly port: number;
  readonly accessKey: string;
  readonly secretKey: string;
  /** Kills the server and removes what it kept. */
  readonly stop: () => Promise<void>;
}

/**
 * Where `go install github.com/minio/minio@latest` put its program: CRASHKEEP_MINIO, or a cache outside the clone.
 * Null where there is none: tests then say so in their titles and are skipped.
 */
export function minioBinary(): string | null {
  const places = [
    process.env['CRASHKEEP_MINIO'],
    join(homedir(), '.cache/crashkeep/bin/minio'),
    '/var/cache/crashkeep-peers/bin/minio',
  ];
  return places.find((place) => place !== undefined && existsSync(place)) ?? null;
}

/** A server of its own on a free port of loopback, with keys of its own, answering. */
export async function startMinio(binary: string): Promise<MinioServer> {
  const folder = await mkdtemp(join(tmpdir(), 'crashkeep-minio-'));
  const [accessKey, secretKey] = ['crashkeep', randomBytes(16).toString('hex')];
  const port = await freePort();
  const child = spawn(binary, ['server', folder, '--address', `127.0.0.1:${String(port)}`, '--quiet'], {
    env: { ...process.env, MINIO_ROOT_USER: accessKey, MINIO_ROOT_PASSWORD: secretKey, MINIO_BROWSER: 'off' },
    stdio: 'ignore',
  });
  const stop = async () => {
    await ended(child);
    await rm(folder, { recursive: true, force: true });
  };
  await answering(`http://127.0.0.1:${String(port)}/minio/health/ready`, child).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { host: '127.0.0.1', port, accessKey, secretKey, stop };
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300 && child.exitCode === null; attempt++) {
    const status = await fetch(url).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
    await sleep(100);
  }
  throw new Error('MinIO did not come up');
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exit;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address) resolve(address.port);
        else reject(new Error('no port'));
      });
    });
  });
}
