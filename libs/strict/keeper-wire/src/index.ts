/**
 * keeper-wire: the messages between strict-api or a worker and the keeper, and both ends of the Unix sockets that carry them.
 *
 * May import: access, ids. Bytes of a grant pass through; nothing is kept.
 * Invariants: every message crosses a closed schema in both directions; a frame's length is checked before it is read;
 * a side that is slow, gone or malformed costs the other a bounded time and memory; bytes come only after their answer.
 * Sources: DESIGN.md 17.
 */
export { KeeperClient } from './keeper-client.js';
export { KeeperError, type KeeperErrorCode } from './keeper-error.js';
export { type KeeperHandlers, serveKeeper } from './keeper-server.js';
export { LeaseClient, type LeaseHandlers, serveLeases } from './lease-door.js';
export type { LeaseAnswer, LeaseRefusal, LeaseRequest } from './lease-messages.js';
export type { PingAnswer, ReadAnswer, ReadRequest, RecipientsAnswer, RootPasskey } from './messages.js';
