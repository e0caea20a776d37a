import pg from 'pg';
import { ROLES, type Role } from './roles.js';

export type RolePasswords = Readonly<Record<Role, string>>;

/**
 * Makes the roles, or sets their passwords anew. Roles belong to the server, not to a database.
 * `adminUrl`: a role that may create roles.
 */
export async function createRoles(adminUrl: string, passwords: RolePasswords): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    for (const role of ROLES) await createRole(admin, role, passwords[role]);
  } finally {
    await admin.end();
  }
}

async function createRole(admin: pg.Client, role: Role, password: string): Promise<void> {
  const known = await admin.query('SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = $1', [role]);
  if (known.rowCount === 0) await admin.query(`CREATE ROLE ${role}`);
  // Not stated where it must be a superuser who states it: a new role has none of these rights, and managed servers refuse the words.
  await admin.query(`ALTER ROLE ${role} LOGIN NOCREATEDB NOCREATEROLE PASSWORD ${admin.escapeLiteral(password)}`);
  // Every statement of ours names its schema; a table that someone plants elsewhere must never be found first.
  await admin.query(`ALTER ROLE ${role} SET search_path = pg_catalog`);
  await admin.query(`ALTER ROLE ${role} SET timezone = 'UTC'`);
}
