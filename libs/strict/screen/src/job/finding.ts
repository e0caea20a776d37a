/**
 * How sure a finding is: 5 matched to an inventory, 4 proven by its mathematics, 3 by its checksum, 2 parsed as what it
 * claims to be, 1 has the shape, 0 stands beside a telling name. Only 2 and above may raise an incident alone.
 */
export type Level = 0 | 1 | 2 | 3 | 4 | 5;

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';

/** What an owner searches by; public values, so they need no key. */
export interface PublicPart {
  /** SHA-256 of the SubjectPublicKeyInfo, lower hex. */
  readonly spki: string;
  /** As `ssh-keygen -l` prints it, `SHA256:…`; null where ssh has no such key. */
  readonly ssh: string | null;
}

/** Bytes of the file. */
export interface FileSpan {
  readonly offset: number;
  readonly length: number;
}

/** One sighting of a secret: what and where. Never the value, a prefix of it, or what stands beside it. */
export interface Finding {
  readonly kind: string;
  readonly level: Level;
  readonly severity: Severity;
  readonly offset: number;
  readonly address: bigint | null;
  readonly length: number;
  /** What must not be shown because of it: its heap chunk where that is known, else the bytes themselves. */
  readonly mask: FileSpan;
  /** `id@version` of the detector that saw it here. */
  readonly detector: string;
  readonly public: PublicPart | null;
  /** Sightings with the same number are the same secret. */
  readonly secret: number;
  /** HMAC-SHA-256 of the secret under the caller's key, cut to 128 bits, lower hex; null where no key was given or the value is not known. */
  readonly fingerprint: string | null;
}
