/**
 * airlock: the only place where something strict becomes lenient. `disclose` builds the open report from named, screened parts.
 *
 * May import: report and its mint, walk (shapes only). Only worker imports this. Pure: no I/O.
 * Invariants: no object is ever spread into a report; every text passes the grammar of its kind or is withheld and counted;
 * a signature is made of disclosed parts.
 * Sources: DESIGN.md 2 and 6; facts on lenient fields and on signatures. The signature rules are our own.
 */
export { disclose } from './disclose.js';
export { type DumpFacts } from './dump-facts.js';
export { SIGNATURE_ALGORITHM } from './signature/signature-of.js';
export { type ScreeningFacts, discloseScreening } from './disclose-screening.js';
