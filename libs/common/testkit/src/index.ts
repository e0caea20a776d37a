/**
 * testkit: real databases for specs, quickly. `const database = await testDatabase()` gives a fresh, migrated one.
 *
 * May import: access, database, local-postgres. Only specs, benches and scripts import it.
 * Invariants: one server a test run, started by the first spec that asks and stopped at the run's end whatever happens; a run that was
 * killed leaves its folder behind, and the next run of the same user stops its server; runs at the same time share nothing.
 */
export { type TestDatabase, type TestRole, testDatabase } from './test-database.js';
export { type TestPostgres, startTestPostgres } from './test-postgres.js';
export { type MinioServer, minioBinary, startMinio } from './minio-server.js';
export { type AssertionJson, type RegistrationJson, type Slip, SoftwarePasskey } from './software-passkey.js';
export { type ProofSlip, SoftwareDevice } from './software-device.js';
