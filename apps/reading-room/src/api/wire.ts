import type { Decision, GrantPath, GrantReview, GrantState, PolicyRules, Scope, Statement } from '@crashkeep/access';
import type { LenientReport } from '@crashkeep/report';

/** strict-api's answers, as this page reads them (`/api/openapi.json`). Instants are ISO 8601 in UTC, addresses `0x…`. */
export type { Decision, GrantPath, GrantState, PolicyRules, Scope, Statement };

export interface PersonBrief {
  readonly id: string;
  readonly name: string;
  readonly login: string;
}

export interface RoleIn {
  readonly project: string;
  readonly role: string;
}

export interface Session {
  readonly person: PersonBrief;
  readonly roles: readonly RoleIn[];
  readonly csrf: string;
  /** Live approval passkeys of this person. */
  readonly passkeys: number;
  readonly root_pinned: boolean;
  readonly stepped_up: boolean;
  /** Given, and not signed by anybody yet. */
  readonly waiting_roles: readonly RoleIn[];
}

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly ticket_pattern: string;
  readonly policy: {
    readonly name: string;
    readonly rules: PolicyRules;
    readonly approvals: number;
    readonly minutes_max: number;
    readonly budget_max: number;
    readonly decide_minutes: number;
    readonly activate_minutes: number;
  };
  readonly may: {
    readonly request: boolean;
    readonly decide: boolean;
    readonly audit: boolean;
    readonly manage: boolean;
  };
}

export interface Span {
  readonly address: string;
  readonly size: number;
}

export interface MemoryMap {
  readonly threads: readonly {
    readonly index: number;
    readonly id: number;
    readonly crashed: boolean;
    readonly stack: Span | null;
    /** 0 where none were saved. */
    readonly registers_bytes: number;
  }[];
  readonly regions: readonly Span[];
  readonly memory_bytes: number;
  /** Of what the client sent as key and value. */
  readonly annotation_bytes: number;
}

export interface DumpContext {
  readonly dump: {
    readonly id: string;
    readonly project: string;
    readonly state: 'queued' | 'walking' | 'done' | 'failed' | 'shredded';
    readonly received_at: string;
    readonly retain_until: string;
    readonly plain_bytes: number;
  };
  readonly report: LenientReport | null;
  readonly map: MemoryMap | null;
  readonly may: { readonly request: boolean };
}

export interface AddressRange {
  readonly address: string;
  readonly length: number;
}

/** Frozen when it was asked. Without an address the bytes are no memory: registers, annotations, the whole file. */
export interface GrantRange {
  readonly address: string | null;
  readonly part: string | null;
  readonly offset: number;
  readonly length: number;
}

export interface GrantBrief {
  readonly id: string;
  readonly project: string;
  readonly dump: string;
  readonly state: GrantState;
  readonly path: GrantPath;
  readonly review: GrantReview | null;
  readonly review_due: string | null;
  readonly version: number;
  readonly requester: PersonBrief;
  readonly scope: Scope;
  readonly scope_bytes: number;
  readonly reason: string;
  readonly ticket: string;
  readonly minutes: number;
  readonly bytes: number;
  readonly used_bytes: number;
  readonly created_at: string;
  readonly decided_at: string | null;
  readonly activated_at: string | null;
  readonly expires_at: string | null;
  readonly ended_at: string | null;
  readonly activate_by: string | null;
  readonly decide_by: string | null;
}

export interface Approval {
  readonly approver: PersonBrief;
  readonly decision: Decision;
  readonly version: number;
  readonly note: string | null;
  readonly decided_at: string;
  readonly current: boolean;
}

export interface Grant extends GrantBrief {
  readonly ranges: readonly GrantRange[];
  readonly policy: string;
  readonly device: string | null;
  readonly device_label: string | null;
  readonly device_hardened: boolean;
  readonly screened: string;
  readonly approvals: readonly Approval[];
  readonly approvals_needed: number;
  readonly may: Readonly<
    Record<'edit' | 'decide' | 'open_self' | 'review' | 'withdraw' | 'activate' | 'read' | 'revoke' | 'close', boolean>
  >;
}

export interface GrantPage {
  readonly grants: readonly GrantBrief[];
  readonly next: string | null;
}

/** Memory by its address, or a place in the file or a part. */
export type ReadPlace =
  | { readonly address: string; readonly length: number }
  | { readonly part?: string; readonly offset: number; readonly length: number };

export interface Read {
  readonly leaf: string;
  readonly at: string;
  /** The code of a refusal; null where bytes were given. */
  readonly refused: string | null;
  readonly ranges: readonly ReadPlace[];
  readonly bytes: number;
}

export interface ReadPage {
  readonly reads: readonly Read[];
  readonly next: string | null;
}

export interface Passkey {
  readonly id: string;
  readonly label: string;
  readonly root: boolean;
  /** Somebody who may has signed for it. */
  readonly counts: boolean;
  readonly created_at: string;
  readonly revoked_at: string | null;
}

export interface RoomPerson extends PersonBrief {
  readonly disabled: boolean;
  readonly joined: boolean;
  readonly root: boolean;
  readonly roles: readonly (RoleIn & { readonly counts: boolean })[];
  readonly passkeys: number;
  /** Statements about this person that wait for signatures. */
  readonly waiting: readonly string[];
}

/** What a page needs to see for itself that a leaf is in the ledger. Hashes in base64. */
export interface LeafProof {
  readonly index: number;
  readonly salt: string;
  readonly entry: string;
  readonly proof: readonly string[];
  readonly size: number;
  readonly root: string;
  readonly checkpoint: string;
  readonly key: string;
}

export interface AuditLeaf {
  readonly id: string;
  /** Its place in the ledger; null until it has one. */
  readonly index: number | null;
  readonly at: string;
  readonly process: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface AuditPage {
  readonly leaves: readonly AuditLeaf[];
  readonly people: Readonly<Record<string, string>>;
  readonly next: string | null;
}

export interface NewRequest {
  readonly dump: string;
  readonly scope: Scope;
  readonly reason: string;
  readonly ticket: string;
  readonly minutes: number;
  readonly bytes: number;
  readonly device: string;
  readonly path: GrantPath;
}

export interface Narrowing {
  readonly scope?: Scope;
  readonly minutes?: number;
  readonly bytes?: number;
}

export interface SignedStatement {
  readonly id: string;
  readonly statement: Statement;
  readonly about: PersonBrief | null;
  readonly proposed_by: PersonBrief | null;
  readonly proposed_at: string;
  readonly signers: readonly PersonBrief[];
  readonly counts: boolean;
  readonly may: { readonly sign: boolean; readonly end: boolean };
}

export interface Device {
  readonly thumbprint: string;
  readonly person: PersonBrief;
  readonly kind: 'browser' | 'cli';
  readonly label: string;
  readonly created_at: string;
  readonly hardened: readonly string[];
  readonly statement: string | null;
  readonly may: { readonly revoke: boolean; readonly rename: boolean; readonly harden: boolean };
}

export type Rotation = 'open' | 'rotating' | 'rotated' | 'accepted';

/** One secret that the screen found: what it is, never its value. */
export interface Finding {
  readonly id: string;
  readonly project: string;
  readonly kind: string;
  /** 0 to 5: how sure. */
  readonly level: number;
  readonly severity: 'critical' | 'high' | 'medium' | 'low' | 'info';
  /** SHA-256 of the public key's SPKI in hex. */
  readonly spki: string | null;
  readonly ssh: string | null;
  readonly present_since: string;
  readonly detectable_since: string;
  readonly found_at: string;
  readonly dumps: number;
  readonly sightings: number;
  readonly rotation: Rotation;
  readonly owner: string | null;
  readonly note: string | null;
  readonly rotation_at: string | null;
}

export interface Sighting {
  readonly secret: string;
  readonly dump: string;
  readonly part: string | null;
  readonly address: string | null;
  readonly offset: number;
  readonly length: number;
  readonly detector: string;
  readonly present_since: string;
  readonly detectable_since: string;
  readonly found_at: string;
}

/** A grant whose ranges held bytes of the secret. */
export interface CouldRead {
  readonly grant: string;
  readonly dump: string;
  readonly person: string;
  readonly device: string | null;
  readonly state: string;
  readonly from: string;
  readonly until: string;
  readonly bytes: number;
}

/** A read of a dump that holds the secret, by the ledger's leaf. */
export interface DidRead {
  readonly leaf: string;
  readonly index: number | null;
  readonly at: string;
  readonly grant: string;
  readonly dump: string;
  readonly person: string;
  readonly device: string | null;
  readonly ranges: readonly { readonly offset: number; readonly length: number }[];
  readonly bytes: number;
  readonly hidden: number;
  /** Bytes of the secret that it showed, exactly. */
  readonly of_secret: number;
  readonly when: 'before' | 'after';
}

export interface Exposure {
  readonly findings: readonly Finding[];
  readonly secret_bytes: number;
  readonly seen_bytes: number;
  readonly sightings: readonly Sighting[];
  readonly could: readonly CouldRead[];
  readonly did: readonly DidRead[];
  readonly people: Readonly<Record<string, string>>;
}
