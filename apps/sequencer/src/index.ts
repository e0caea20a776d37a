/**
 * sequencer: numbers the ledger's leaves, signs its checkpoints, publishes its tiles. Holds the ledger's key and sees no dump.
 *
 * May import: ledger, object-store, platform. No HTTP port; a 0600 socket for `crashkeep audit rotate-key`.
 * Invariants: one sequencer numbers at a time (a lock, and an epoch in every numbering transaction), so the order of leaves is one; what
 * is signed was written beside the key first, so it is never contradicted; a crash at any step ends in the same tree.
 * Sources: DESIGN.md 8; C2SP tlog-tiles, tlog-checkpoint, tlog-witness.
 */
export { Sequencer, type SequencerTerms, type Step } from './sequencer.js';
export { SequencerHalt } from './sequencer-halt.js';
export { KeyFolder } from './keys/key-folder.js';
export { WitnessClient } from './publish/witness-client.js';
export { keepSequencing, type SequencingTerms } from './sequencing.js';
