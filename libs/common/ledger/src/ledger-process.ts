/** The processes that act on strict data. Each appends in its own name only: by its role's own function. */
export const LEDGER_PROCESSES = ['ingest', 'worker', 'keeper', 'strict-api', 'lenient-api'] as const;
export type LedgerProcess = (typeof LEDGER_PROCESSES)[number];
