/**
 * strict-api: the reading room's door. Requests, approvals by passkey, mediated reads relayed from the keeper, the audit; it
 * serves the reading room's page. Holds no key.
 *
 * May import: access, identity, ids, keeper-wire, ledger, lenient-store, platform, report, strict-store.
 * Invariants: every act is a leaf in its own transaction; an act that takes a right away writes the grant's row there; bytes
 * pass through and are wiped; an approval is signed by a passkey over the text that the page shows.
 * Sources: DESIGN.md 7, 9, 15, 17.
 */
export {};
