import pg from 'pg';
import { APP_ROLES, OWNER } from './roles.js';

/** Makes the database when it is not there, gives it to the owner, and closes it to everyone but our roles. Needs the roles. */
export async function createDatabase(adminUrl: string, name: string): Promise<void> {
  await withClient(adminUrl, async (admin) => {
    const database = admin.escapeIdentifier(name);
    const known = await admin.query('SELECT 1 FROM pg_catalog.pg_database WHERE datname = $1', [name]);
    // template0: the collation must not depend on what an administrator did to template1
    if (known.rowCount === 0) await admin.query(`CREATE DATABASE ${database} TEMPLATE template0 ENCODING 'UTF8'`);
    await admin.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
    await admin.query(`GRANT CONNECT, CREATE ON DATABASE ${database} TO ${OWNER}`);
    await admin.query(`GRANT CONNECT ON DATABASE ${database} TO ${APP_ROLES.join(', ')}`);
  });
  const inside = new URL(adminUrl);
  inside.pathname = `/${encodeURIComponent(name)}`;
  await withClient(inside.href, async (admin) => {
    await admin.query('REVOKE ALL ON SCHEMA public FROM PUBLIC');
  });
}

async function withClient(url: string, act: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await act(client);
  } finally {
    await client.end();
  }
}
