export type HaltCode =
  /** Another sequencer took over: this one must end. */
  | 'sequencer.fenced'
  /** Another one holds the lock: wait. */
  | 'sequencer.not-alone'
  /** A row is not what its hash says: it was changed before it could be numbered, or after. */
  | 'sequencer.leaf-changed'
  /** The database knows fewer leaves than were signed: it was set back. */
  | 'sequencer.database-behind'
  /** The published checkpoint is of another tree than the database's: one of them was forged. */
  | 'sequencer.forked'
  /** The published checkpoint is not signed by this ledger's key. */
  | 'sequencer.checkpoint-not-ours'
  /** What lies beside the key cannot be read. */
  | 'sequencer.state-unreadable'
  /** The ledger would be kept for less than the longest dump and two years more. */
  | 'sequencer.retention-too-short';

/** It must not go on by itself: a person looks, or in the first two cases another process is at work. */
export class SequencerHalt extends Error {
  override readonly name = 'SequencerHalt';

  constructor(readonly code: HaltCode) {
    super(code);
  }
}
