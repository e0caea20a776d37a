/**
 * keeper: holds the vault's identities. Verifies each grant itself, charges it, writes it down, and only then answers with the
 * bytes of its ranges. No HTTP: one Unix socket.
 *
 * May import: access, envelope, identity, ids, keeper-wire, ledger, lenient-store, platform, strict-store, unseal.
 * Invariants: nothing that the database says of a grant is believed without the approver's passkey; the leaf of a read is
 * committed before a byte is opened; a key never leaves; the process parses no dump.
 * Sources: DESIGN.md 4, 5, 7, 11, 17.
 */
export {};
