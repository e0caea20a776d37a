/**
 * keeper-wire: the messages between strict-api and the keeper, and both ends of the Unix socket that carries them.
 *
 * May import: access, ids. Bytes of a grant pass through; nothing is kept.
 * Invariants: every message crosses a closed schema in both directions; a frame's length is checked before it is read;
 * a side that is slow, gone or malformed costs the other a bounded time and memory; bytes come only after their answer.
 * Sources: DESIGN.md 17.
 */
export { KeeperClient } from './keeper-client.js';
export { KeeperError, type KeeperErrorCode } from './keeper-error.js';
export { type KeeperHandlers, serveKeeper } from './keeper-server.js';
export type { PingAnswer, ReadAnswer, ReadRequest, RecipientsAnswer, RootPasskey } from './messages.js';
