/**
 * database: how the one PostgreSQL database comes to be. Roles, schemas, migrations, the queue's tables; what each process may touch.
 *
 * May import: nothing of Crashkeep. Knows no dump. Only standalone, the one-shot migrator and testkit run it; no app does.
 * Invariants: roles are made by an administrator, everything else belongs to ck_owner; an app's role has what prisma/*\/migrations
 * grant it and nothing by way of PUBLIC; migrating twice, at once or after a kill ends in the same database.
 * Sources: DESIGN.md 13 (Prisma's schema engine as WebAssembly), PostgreSQL 18 manual chapters 5.8 and 21.
 */
export { type AppRole, type Role, APP_ROLES, OWNER, ROLES } from './roles.js';
export { type RolePasswords, createRoles } from './create-roles.js';
export { createDatabase } from './create-database.js';
export { type MigrationProgress, migrateDatabase } from './migrate-database.js';
export { type SchemaName, SCHEMAS } from './schemas.js';
export { QUEUE_SCHEMA } from './queue-schema.js';
export { datamodelDiff, lastSnapshot, writeNextMigration } from './next-migration.js';
export { readDatamodel } from './migrations-folder.js';
