import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'minio';

/** A store that is starting answers after a few seconds; one that is not there never does. */
const TRIES = 30;
const PAUSE_MS = 1000;

async function untilMade(): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await makeBuckets();
      return;
    } catch (error) {
      if (tries === TRIES) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

/** One shot: makes the three buckets where they are not there. The settings are the apps' own. */
async function makeBuckets(): Promise<void> {
  const region = process.env['CRASHKEEP_S3_REGION'] ?? 'us-east-1';
  const client = clientFrom(required('CRASHKEEP_S3_ENDPOINT'), region);
  for (const bucket of [
    required('CRASHKEEP_S3_BUCKET'),
    required('CRASHKEEP_S3_SYMBOLS_BUCKET'),
    required('CRASHKEEP_S3_LEDGER_BUCKET'),
  ]) {
    if (await client.bucketExists(bucket)) console.log(`${bucket}: there`);
    else {
      await client.makeBucket(bucket, region);
      console.log(`${bucket}: made`);
    }
  }
}

/** `host` or `host:port`; CRASHKEEP_S3_USE_TLS is `true` unless it says `false`. */
function clientFrom(endpoint: string, region: string): Client {
  const useSSL = process.env['CRASHKEEP_S3_USE_TLS'] !== 'false';
  const [, endPoint, port] = /^([\w.-]+)(?::(\d{1,5}))?$/.exec(endpoint) ?? [];
  if (endPoint === undefined) throw new Error('CRASHKEEP_S3_ENDPOINT must be a host, or host:port');
  return new Client({
    endPoint,
    port: port === undefined ? (useSSL ? 443 : 80) : Number(port),
    useSSL,
    region,
    accessKey: required('CRASHKEEP_S3_ACCESS_KEY'),
    secretKey: readFileSync(required('CRASHKEEP_S3_SECRET_KEY_FILE'), 'utf8').trim(),
  });
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set`);
  return value;
}

await untilMade();
