import { Queue, createPostgresBackend } from 'bullmq';
import pg from 'pg';

/** BullMQ's tables for jobs about dumps. Payloads are ids. */
export const QUEUE_SCHEMA = 'queue_strict';

/** Who adds never takes: ingest can fill the queue, but not drain it. */
const GRANTS = `
  REVOKE ALL ON SCHEMA ${QUEUE_SCHEMA} FROM PUBLIC;
  REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ${QUEUE_SCHEMA} FROM PUBLIC;
  GRANT USAGE ON SCHEMA ${QUEUE_SCHEMA} TO ck_ingest, ck_worker;
  GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA ${QUEUE_SCHEMA} TO ck_ingest;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${QUEUE_SCHEMA} TO ck_worker;
  REVOKE INSERT, UPDATE, DELETE ON ${QUEUE_SCHEMA}.migration FROM ck_ingest, ck_worker;
  GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${QUEUE_SCHEMA} TO ck_ingest, ck_worker;
  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${QUEUE_SCHEMA} TO ck_ingest, ck_worker;`;

/** BullMQ migrates its own schema (it takes a lock itself); the apps connect with `migrate` off. */
export async function migrateQueue(ownerUrl: string): Promise<void> {
  const connection = { connectionString: ownerUrl, schema: QUEUE_SCHEMA, migrate: true, max: 1 };
  const queue = new Queue('migration', { connection }, createPostgresBackend);
  try {
    await queue.waitUntilReady();
  } finally {
    await queue.close();
  }
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(GRANTS);
  } finally {
    await client.end();
  }
}
