// node scripts/new-migration.mjs strict add_findings: writes prisma/strict/migrations/NNNN_add_findings from what changed in
// prisma/strict/schema.prisma since the last one. Needs a build. Functions and GRANTs are written by hand, in a migration of their own.
import { SCHEMAS, writeNextMigration } from '../libs/common/database/dist/index.js';
import { startTestPostgres } from '../libs/common/testkit/dist/index.js';

const [schema, name] = process.argv.slice(2);
if (!SCHEMAS.includes(schema) || !/^[a-z][a-z0-9_]*$/.test(name ?? '')) {
  console.error(`usage: node scripts/new-migration.mjs ${SCHEMAS.join('|')} name_of_the_change`);
  process.exit(2);
}
const scratch = await startTestPostgres();
try {
  console.log((await writeNextMigration(scratch.server.adminUrl, schema, name)) ?? 'nothing changed');
} finally {
  await scratch.stop();
}
