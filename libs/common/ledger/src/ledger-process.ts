/** The processes that act on strict data, and the one that numbers what they say. Each appends in its own name only: by its role's own function. */
export const LEDGER_PROCESSES = ['ingest', 'worker', 'keeper', 'sequencer', 'strict-api', 'lenient-api'] as const;
export type LedgerProcess = (typeof LEDGER_PROCESSES)[number];
