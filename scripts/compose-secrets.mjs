// `node scripts/compose-secrets.mjs`: writes the secrets that docker-compose.yml mounts, once; what is there stays.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = process.argv[2] ?? fileURLToPath(new URL('../secrets', import.meta.url));
const host = process.argv[3] ?? 'postgres:5432';
const ROLES = ['ck_ingest', 'ck_worker', 'ck_keeper', 'ck_sequencer', 'ck_strict_api', 'ck_lenient_api'];

mkdirSync(folder, { recursive: true, mode: 0o700 });
const fresh = () => randomBytes(24).toString('base64url');
const keep = (name, make) => {
  const file = join(folder, name);
  if (!existsSync(file)) writeFileSync(file, make(), { mode: 0o444 });
  return readFileSync(file, 'utf8');
};

const admin = keep('database-admin-password', fresh);
keep('database-admin-url', () => `postgresql://crashkeep_admin:${admin}@${host}/crashkeep`);
for (const role of ROLES) keep(`${role}-url`, () => `postgresql://${role}:${fresh()}@${host}/crashkeep`);
keep('s3-secret-key', fresh);
keep('alert-key', fresh);
console.log(`Secrets are in ${folder}. The folder is 0700; keep it so.`);
