import { SequencerHalt } from './sequencer-halt.js';

const MARGIN_DAYS = 2 * 365;

/**
 * The ledger outlives every dump by two years. `keptDays`: for how long the operator's own rules keep the ledger's objects; null for
 * ever. Throws `sequencer.retention-too-short`.
 */
export function requireRetention(keptDays: number | null, longestHoldDays: number): void {
  if (keptDays !== null && keptDays < longestHoldDays + MARGIN_DAYS)
    throw new SequencerHalt('sequencer.retention-too-short');
}
