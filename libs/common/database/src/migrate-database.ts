import pg from 'pg';
import { readDatamodel, readMigrations } from './migrations-folder.js';
import { migrateQueue } from './queue-schema.js';
import { withSchemaEngine } from './schema-engine.js';
import { SCHEMAS, type SchemaName } from './schemas.js';

/** Told after each schema: how many migrations it had still to apply. */
export type MigrationProgress = (schema: string, applied: number) => void;

/** Spells `CKmi`; held for the whole run, so that two that start at once do it one after the other. */
const LOCK = 0x434b_6d69;

/** Brings every schema up to date, as the owner. Throws what PostgreSQL said; run it again when the cause is mended. */
export async function migrateDatabase(
  ownerUrl: string,
  onProgress: MigrationProgress = () => undefined,
): Promise<void> {
  const guard = new pg.Client({ connectionString: ownerUrl });
  await guard.connect();
  try {
    await guard.query('SELECT pg_advisory_lock($1)', [LOCK]);
    for (const schema of SCHEMAS) onProgress(schema, await migrateSchema(guard, ownerUrl, schema));
    await migrateQueue(ownerUrl);
    onProgress('queue', 0);
  } finally {
    await guard.end();
  }
}

async function migrateSchema(guard: pg.Client, ownerUrl: string, schema: SchemaName): Promise<number> {
  await guard.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  const migrationsList = readMigrations(schema);
  const done = await finishedMigrations(guard, schema);
  const pending = migrationsList.migrationDirectories.filter(({ path }) => !done.includes(path));
  if (pending.length === 0) return 0; // the engine costs half a second that a second start does not have
  await forgetFailures(guard, schema);
  return withSchemaEngine(ownerUrl, schema, readDatamodel(schema), async (engine) => {
    const applied = await engine.applyMigrations({
      migrationsList,
      filters: { externalTables: [], externalEnums: [] },
    });
    return applied.appliedMigrationNames.length;
  });
}

async function finishedMigrations(guard: pg.Client, schema: SchemaName): Promise<string[]> {
  if (!(await hasHistory(guard, schema))) return [];
  const { rows } = await guard.query<{ migration_name: string }>(
    `SELECT migration_name FROM ${schema}._prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  );
  return rows.map((row) => row.migration_name);
}

/** A migration that did not finish did nothing: its script is one transaction. The engine would refuse to go on without a mark. */
async function forgetFailures(guard: pg.Client, schema: SchemaName): Promise<void> {
  if (!(await hasHistory(guard, schema))) return;
  await guard.query(
    `UPDATE ${schema}._prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL`,
  );
}

async function hasHistory(guard: pg.Client, schema: SchemaName): Promise<boolean> {
  const { rows } = await guard.query<{ known: boolean }>('SELECT to_regclass($1) IS NOT NULL AS known', [
    `${schema}._prisma_migrations`,
  ]);
  return rows[0]?.known === true;
}
