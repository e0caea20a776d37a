import type { GrantState, Scope } from '@crashkeep/access';
import type { LenientReport } from '@crashkeep/report';

/** strict-api's answers, as this page reads them (`/api/openapi.json`). Instants are ISO 8601 in UTC, addresses `0x…`. */
export type { GrantState, Scope };

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
}

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly ticket_pattern: string;
  readonly policy: {
    readonly name: string;
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
  }[];
  readonly regions: readonly Span[];
  readonly memory_bytes: number;
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

export interface GrantBrief {
  readonly id: string;
  readonly project: string;
  readonly dump: string;
  readonly state: GrantState;
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
  readonly decision: 'approve' | 'deny';
  readonly version: number;
  readonly note: string | null;
  readonly decided_at: string;
  readonly current: boolean;
}

export interface Grant extends GrantBrief {
  readonly ranges: readonly AddressRange[];
  readonly policy: string;
  readonly device: string | null;
  readonly approvals: readonly Approval[];
  readonly approvals_needed: number;
  readonly may: Readonly<Record<'edit' | 'decide' | 'withdraw' | 'activate' | 'read' | 'revoke' | 'close', boolean>>;
}

export interface GrantPage {
  readonly grants: readonly GrantBrief[];
  readonly next: string | null;
}

export interface Read {
  readonly leaf: string;
  readonly at: string;
  /** The code of a refusal; null where bytes were given. */
  readonly refused: string | null;
  readonly ranges: readonly AddressRange[];
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
  readonly created_at: string;
  readonly revoked_at: string | null;
}

export interface RoomPerson extends PersonBrief {
  readonly disabled: boolean;
  readonly joined: boolean;
  readonly roles: readonly RoleIn[];
  readonly passkeys: number;
}

export interface AuditLeaf {
  readonly id: string;
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
}

export interface Narrowing {
  readonly scope?: Scope;
  readonly minutes?: number;
  readonly bytes?: number;
}
