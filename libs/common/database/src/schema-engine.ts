import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  type SqlMigrationAwareDriverAdapterFactory,
  bindMigrationAwareSqlAdapterFactory,
} from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import type { SchemaName } from './schemas.js';

export type SchemaEngine = glue.SchemaEngine;

let instantiated = false;

/** Node has no `import … from '….wasm'` without a flag, so the module is put together by hand, as its own entry file does. */
function instantiate(): void {
  if (instantiated) return;
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const module = new WebAssembly.Module(readFileSync(join(dirname(entry), 'schema_engine_bg.wasm')));
  const instance = new WebAssembly.Instance(module, {
    './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports,
  });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  instantiated = true;
}

/** Runs `act` with Prisma's schema engine on one schema of a database. */
export async function withSchemaEngine<T>(
  databaseUrl: string,
  schema: SchemaName,
  datamodel: string,
  act: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  instantiate();
  // The engine never closes its connection, which holds its advisory lock: a pool of ours does.
  const pool = new pg.Pool({ ...connectionOf(databaseUrl, schema), max: 2 });
  try {
    const factory = bindMigrationAwareSqlAdapterFactory(wholeScripts(pool, schema));
    const models: [string, string][] = [[`${schema}/schema.prisma`, datamodel]];
    const engine = await glue.SchemaEngine.new({ datamodels: models }, () => undefined, factory);
    try {
      return await act(engine);
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}

/** Migration SQL names its tables without a schema: this finds them. */
const connectionOf = (databaseUrl: string, schema: SchemaName): pg.PoolConfig => ({
  connectionString: databaseUrl,
  options: `-c search_path=${schema}`,
});

/**
 * adapter-pg cuts a script at every semicolon, which tears function bodies apart. Ours sends it whole, in one transaction together with
 * the mark that it is done: a kill at any moment leaves a migration either not begun or finished.
 */
function wholeScripts(pool: pg.Pool, schema: SchemaName): SqlMigrationAwareDriverAdapterFactory {
  const inner = new PrismaPg(pool, { schema });
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    connect: async () =>
      Object.assign(await inner.connect(), { executeScript: (script: string) => executeWhole(pool, script) }),
    connectToShadowDb: () => Promise.reject(new Error('database.no-shadow')),
  };
}

const FINISHED = `DO $$ BEGIN
  IF to_regclass('_prisma_migrations') IS NOT NULL THEN
    UPDATE _prisma_migrations SET finished_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL;
  END IF;
END $$`;

async function executeWhole(pool: pg.Pool, script: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(script);
    await client.query(FINISHED);
    await client.query('COMMIT');
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}
