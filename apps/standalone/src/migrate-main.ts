import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { APP_ROLES, OWNER, ROLES, type Role, createDatabase, createRoles, migrateDatabase } from '@crashkeep/database';
import { makeDefaultProject } from './default-project.js';

/**
 * One shot for many machines: roles, database, migrations, project `default`. The owner's password is made anew each time and kept
 * nowhere: between two runs nobody can be the owner.
 */
async function migrate(): Promise<void> {
  const adminUrl = readFileSync(required('CRASHKEEP_DATABASE_ADMIN_URL_FILE'), 'utf8').trim();
  const roleUrls = required('CRASHKEEP_ROLE_URLS');
  const ownerPassword = randomBytes(24).toString('base64url');
  const passwordOf = (role: Role): string =>
    role === OWNER ? ownerPassword : passwordIn(join(roleUrls, `${role}-url`));
  const passwords = Object.fromEntries(ROLES.map((role) => [role, passwordOf(role)])) as Record<Role, string>;
  await createRoles(adminUrl, passwords);
  await createDatabase(adminUrl, decodeURIComponent(new URL(adminUrl).pathname.slice(1)));
  const ownerUrl = new URL(adminUrl);
  [ownerUrl.username, ownerUrl.password] = [OWNER, ownerPassword];
  await migrateDatabase(ownerUrl.href, (schema, applied) => {
    console.log(`${schema}: ${String(applied)} applied`);
  });
  await makeDefaultProject(ownerUrl.href);
  console.log(`ready for ${APP_ROLES.join(', ')}`);
}

const passwordIn = (urlFile: string): string =>
  decodeURIComponent(new URL(readFileSync(urlFile, 'utf8').trim()).password);

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set`);
  return value;
}

await migrate();
