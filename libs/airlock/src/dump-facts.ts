import type { LenientReport } from '@crashkeep/report';

/** What the vault knows of a dump besides its walk. Product, version and channel are declared annotations: screened like all else. */
export interface DumpFacts {
  readonly id: LenientReport['id'];
  readonly product: string | null;
  readonly version: string | null;
  readonly channel: string | null;
  /** Seconds since 1970. */
  readonly receivedAt: number;
  /** Sealed parts that the client sent beside the dump. */
  readonly attachments: number;
  /** Annotations among those parts, the declared ones not counted. */
  readonly annotations: number;
}
