/**
 * worker: opens what is queued, has a child walk it, and hands the result through the airlock. No HTTP port.
 *
 * May import: airlock, envelope, ids, ledger, lenient-store, platform, report, strict-store, unseal, walk.
 * Invariants: the tables say what is to be done, the queue only says it sooner; a walk's rows, report, state and leaf are one
 * transaction, in which the worker's header goes too; this process parses no dump and no symbol file; plaintext stays in memory.
 * Sources: DESIGN.md 4, 5, 6, 8, 15.
 */
export {};
