import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SchemaName } from './schemas.js';

/** prisma/ of the repository or the image: equally far from src and dist. */
export const PRISMA_FOLDER = fileURLToPath(new URL('../../../../prisma/', import.meta.url));

export const readDatamodel = (schema: SchemaName): string =>
  readFileSync(join(PRISMA_FOLDER, schema, 'schema.prisma'), 'utf8');

/** As the schema engine wants it: folders in their order, contents read. */
export interface MigrationList {
  readonly baseDir: string;
  readonly lockfile: { path: string; content: string | null };
  readonly shadowDbInitScript: string;
  readonly migrationDirectories: {
    path: string;
    migrationFile: { path: string; content: { tag: 'ok'; value: string } };
  }[];
}

export function readMigrations(schema: SchemaName): MigrationList {
  const baseDir = join(PRISMA_FOLDER, schema, 'migrations');
  const names = existsSync(baseDir)
    ? readdirSync(baseDir, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : [];
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: names
      .map(({ name }) => name)
      .sort()
      .map((path) => ({
        path,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok', value: readFileSync(join(baseDir, path, 'migration.sql'), 'utf8') },
        },
      })),
  };
}
