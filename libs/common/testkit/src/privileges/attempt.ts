import pg from 'pg';

export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
}

/** The tables and columns of every schema of ours, as PostgreSQL lists them. */
export async function listTables(superuserUrl: string): Promise<Table[]> {
  const { rows } = await withClient(superuserUrl, (client) =>
    client.query<Table>(
      `SELECT format('%I.%I', n.nspname, c.relname) AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped
          AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%'
        GROUP BY 1 ORDER BY 1`,
    ),
  );
  return rows;
}

/** What a role really can do with a table, found by trying: `select id`, `insert`, `update name`, `delete`, `truncate`. */
export async function tryEverything(client: pg.Client, { name, columns }: Table): Promise<string[]> {
  const attempts: [string, string][] = columns.flatMap((column): [string, string][] => {
    const quoted = client.escapeIdentifier(column);
    return [
      [`select ${column}`, `SELECT ${quoted} FROM ${name} WHERE false`],
      [`update ${column}`, `UPDATE ${name} SET ${quoted} = DEFAULT WHERE false`],
    ];
  });
  // Explained, not run: a row-level policy's refusal of this empty row would look like a missing right.
  attempts.push(['insert', `EXPLAIN INSERT INTO ${name} DEFAULT VALUES`]);
  attempts.push(['delete', `DELETE FROM ${name} WHERE false`]);
  attempts.push(['truncate', `TRUNCATE ${name}`]);
  const allowed: string[] = [];
  for (const [act, sql] of attempts) if (!(await isRefused(client, sql))) allowed.push(act);
  return allowed.sort();
}

const INSUFFICIENT_PRIVILEGE = '42501';

/** True where PostgreSQL says that the role may not; any other failure (a missing value) means that it may. Leaves no trace. */
export async function isRefused(client: pg.Client, sql: string): Promise<boolean> {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    return false;
  } catch (error) {
    return error instanceof pg.DatabaseError && error.code === INSUFFICIENT_PRIVILEGE;
  } finally {
    await client.query('ROLLBACK');
  }
}

export async function withClient<T>(url: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}
