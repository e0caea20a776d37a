import type { Binding } from '@crashkeep/envelope';

/** One vault identity: of a project and a month (`2026-11`). */
export interface VaultName {
  readonly project: string;
  readonly month: string;
}

/**
 * Where the vault's identities and the statement key live. Files today; PKCS#11 or a cloud's KMS fit behind it, which is why
 * no method gives a private key away. Shredding a month comes here as one more method.
 */
export interface KeyProvider {
  /** The `age1…` recipient of a vault identity, which is made and durable if there was none. */
  vaultRecipient(name: VaultName): Promise<string>;
  /** The file key of a header that the identity opens. Throws an EnvelopeError, or `access.dump-unreadable` without the identity. */
  openVaultHeader(name: VaultName, header: Uint8Array, binding: Binding): Promise<Buffer>;
  /** Ed25519 by the statement key, base64url. */
  sign(statement: Uint8Array): string;
  /** The statement key's public half, PEM (SPKI). */
  readonly statementKey: string;
}
