/**
 * ingest: where crash clients send dumps and build machines send symbols. Seals while it streams; holds public keys only.
 *
 * May import: envelope, identity, ids, ledger, lenient-store (a dump's state), platform, snapshot (how ids are
 * spelled), strict-store.
 * Invariants: plaintext of a dump is never whole in memory and never on disk; nothing here can open what it sealed; 200 means
 * that objects and rows are durable; a refused or cut upload leaves nothing; no name or value that came in is logged or answered.
 * Sources: DESIGN.md 4, 5, 15, 16; facts on the wire (Breakpad, Crashpad, Electron, Antenna, Sentry); RFC 7578, RFC 9112, RFC 9457.
 */
export { bootIngest } from './ingest-app.js';
export type { Intake } from './intake.js';
