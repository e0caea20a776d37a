import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from './vault.js';

const peers =
  process.env.CRASHKEEP_PEERS ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'crashkeep/bin');
const binary = process.env.CRASHKEEP_MINIO ?? join(peers, 'minio');
export const hasMinio = existsSync(binary);
export const minioNote = hasMinio ? '' : ' (no MinIO server here)';

export interface Minio {
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly folder: string;
  readonly process: ChildProcess;
}

export async function startMinio(secretKey = 'a-secret-of-this-test'): Promise<Minio> {
  const folder = mkdtempSync(join(tmpdir(), 'crashkeep-minio-'));
  const port = await freePorts();
  const accessKey = 'crashkeep';
  const child = spawn(
    binary,
    ['server', folder, '--address', `127.0.0.1:${port}`, '--console-address', `127.0.0.1:${port + 1}`],
    {
      env: { ...process.env, MINIO_ROOT_USER: accessKey, MINIO_ROOT_PASSWORD: secretKey },
      stdio: 'ignore',
    },
  );
  const endpoint = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 240; tries++) {
    const alive = await fetch(`${endpoint}/minio/health/live`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (alive) return { endpoint, accessKey, secretKey, folder, process: child };
    await sleep(250);
  }
  throw new Error('MinIO did not start');
}
