import { randomBytes } from 'node:crypto';
import { APP_ROLES, type Role } from '@crashkeep/database';
import pg from 'pg';
import { serverOfThisRun } from './server-of-run.js';
import type { TestServer } from './test-postgres.js';

/** `superuser` for what no role of ours may do: planting a forged row. */
export type TestRole = Role | 'superuser';

export interface TestDatabase {
  readonly name: string;
  urlFor(role: TestRole): string;
}

/** A database of its own for a spec file, with every migration and no row. Without `server` it is the test run's (Vitest). */
export async function testDatabase(server?: TestServer): Promise<TestDatabase> {
  const { adminUrl, passwords, template } = server ?? (await serverOfThisRun());
  const name = `test_${randomBytes(8).toString('hex')}`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER postgres`);
    await copyPrivileges(admin, name);
  } finally {
    await admin.end();
  }
  const urlFor = (role: TestRole): string => {
    const url = new URL(adminUrl);
    url.pathname = `/${name}`;
    if (role !== 'superuser') [url.username, url.password] = [role, passwords[role]];
    return url.href;
  };
  return { name, urlFor };
}

/** CREATE DATABASE copies everything inside, but not who may connect. */
async function copyPrivileges(admin: pg.Client, name: string): Promise<void> {
  await admin.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
  await admin.query(`GRANT CONNECT, CREATE ON DATABASE ${name} TO ck_owner`);
  await admin.query(`GRANT CONNECT ON DATABASE ${name} TO ${APP_ROLES.join(', ')}`);
}
