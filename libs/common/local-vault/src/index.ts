/**
 * local-vault: where a vault on this machine keeps its things, and how a command speaks to it.
 *
 * May import: nothing of Crashkeep. Knows no dump. Standalone lays the folder out; the command line finds sockets by it.
 * Invariant: whoever may open an admin socket owns the state folder anyway: the socket asks for no password.
 * Sources: DESIGN.md 9, 16.
 */
export { type StateFolder, stateFolder } from './state-folder.js';
export { type AdminSockets, adminSockets } from './admin-sockets.js';
export { AdminError, askAdmin } from './ask-admin.js';
