import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PRISMA_FOLDER, readDatamodel, readMigrations } from './migrations-folder.js';
import { withSchemaEngine } from './schema-engine.js';
import type { SchemaName } from './schemas.js';

const NO_FILTER = { externalTables: [], externalEnums: [] };
/** Beside each generated migration: the datamodel that it leads to. Hand-written migrations have none. */
const SNAPSHOT = 'schema.prisma';

/**
 * Writes the migration that leads from the last one's datamodel to prisma/<schema>/schema.prisma as it stands.
 * Returns its folder, or null when nothing is missing. It compares files, because adapter-pg cannot read the catalog's type "char",
 * and so the engine cannot describe a live database through it; the engine wants to see some database all the same.
 */
export async function writeNextMigration(scratchUrl: string, schema: SchemaName, name: string): Promise<string | null> {
  const sql = await datamodelDiff(scratchUrl, schema, lastSnapshot(schema), readDatamodel(schema));
  if (sql === null) return null;
  const taken = readMigrations(schema).migrationDirectories.map(({ path }) => Number(path.slice(0, 4)));
  let next = 1;
  while (taken.includes(next)) next += 1;
  const ordinal = String(next).padStart(4, '0');
  const folder = join(PRISMA_FOLDER, schema, 'migrations', `${ordinal}_${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'migration.sql'), sql);
  writeFileSync(join(folder, SNAPSHOT), readDatamodel(schema));
  return folder;
}

/** SQL from one datamodel to the other; `before` null is an empty database. Null when they are alike. */
export async function datamodelDiff(
  scratchUrl: string,
  schema: SchemaName,
  before: string | null,
  after: string,
): Promise<string | null> {
  const files = (content: string): { path: string; content: string }[] => [
    { path: `${schema}/schema.prisma`, content },
  ];
  return withSchemaEngine(scratchUrl, schema, after, async (engine) => {
    const { stdout, exitCode } = await engine.diff({
      from: before === null ? { tag: 'empty' } : { tag: 'schemaDatamodel', files: files(before) },
      to: { tag: 'schemaDatamodel', files: files(after) },
      script: true,
      exitCode: true,
      filters: NO_FILTER,
    });
    return exitCode === 2 ? stdout : null;
  });
}

export function lastSnapshot(schema: SchemaName): string | null {
  const { baseDir, migrationDirectories } = readMigrations(schema);
  const snapshots = migrationDirectories
    .map(({ path }) => join(baseDir, path, SNAPSHOT))
    .filter((path) => existsSync(path));
  const last = snapshots.at(-1);
  return last === undefined ? null : readFileSync(last, 'utf8');
}
