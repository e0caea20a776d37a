/**
 * cli: the command `crashkeep`. One file a command; what a command does is a library's work.
 *
 * May import: report, ids, ledger, local-vault, and for `walk`, `scan` and `symbols upload` the pure strict libraries. Never an app.
 * Invariants: a command that prints a result prints it to standard output and everything else to standard error; exit codes are those
 * of DESIGN.md 16; a file's name is never a part of an error's code.
 * Sources: DESIGN.md 16.
 */
export {};
