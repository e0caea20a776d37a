import type { Identity } from '@crashkeep/unseal';

/**
 * Where the extraction identities live that workers share: files today; a KMS fits behind it. An identity is of one day
 * (`2026-11-24`, UTC), opens what ingest sealed that day, and is destroyed soon after (DESIGN.md 5).
 */
export interface KeyProvider {
  /** Sees to it that the day has an identity, and that the keeper can sign its recipient. */
  provide(day: string): Promise<void>;
  /** Null where it was never made or is destroyed. */
  identityOf(day: string): Promise<Identity | null>;
  /** Days that have an identity. */
  days(): Promise<string[]>;
  /** Forgets the day's identity for good. */
  destroy(day: string): Promise<void>;
}
