import type { LenientReport } from '@crashkeep/report';

/**
 * What lenient-api answers, as this page reads it. Names as on the wire.
 * An instant is an ISO 8601 text or seconds since 1970; `momentOf` reads both.
 */
export type Instant = string | number;

export type ProjectRole = 'viewer' | 'engineer';

export interface RoleIn {
  readonly project: string;
  readonly role: string;
}

export interface Session {
  readonly person: { readonly id: string; readonly name: string; readonly login: string };
  readonly roles: readonly RoleIn[];
  readonly csrf: string;
}

export interface Project {
  readonly id: string;
  readonly name: string;
}

export interface CrashGroup {
  readonly id: string;
  readonly signature: string;
  readonly count: number;
  readonly first_seen: Instant;
  readonly last_seen: Instant;
  readonly versions: readonly string[];
  readonly os: readonly string[];
  /** Reports a day, oldest first; the last is today. */
  readonly trend: readonly number[];
}

export interface GroupPage {
  readonly groups: readonly CrashGroup[];
  readonly next: string | null;
}

export type DumpState = 'queued' | 'walking' | 'done' | 'failed';

/** One line of a list: a dump, walked or not yet. */
export interface ReportRow {
  readonly id: string;
  readonly state: DumpState;
  /** `area.reason`, where it failed. */
  readonly failure: string | null;
  readonly received_at: Instant;
  readonly group_id: string | null;
  readonly signature: string | null;
  readonly product: string | null;
  readonly version: string | null;
  readonly os: string | null;
  readonly cpu: string | null;
  readonly crash_reason: string | null;
}

export interface ReportRows {
  readonly reports: readonly ReportRow[];
  readonly next: string | null;
}

/** The life of a dump: times and counts, never a text of its own. */
export interface DumpLife {
  readonly received_at: Instant;
  readonly walking_at: Instant | null;
  readonly done_at: Instant | null;
  readonly shredded_at: Instant | null;
  readonly held_until: Instant;
  readonly dump_bytes: number;
  readonly opened_bytes: number | null;
  readonly attachments: number;
  readonly annotations: number;
  readonly grants_open: number;
  readonly grants_ended: number;
}

export interface PlaceInGroup {
  readonly id: string;
  readonly count: number;
  /** The report received just before this one. */
  readonly previous: string | null;
  /** The report received just after this one. */
  readonly next: string | null;
}

export interface ReportAnswer {
  readonly id: string;
  readonly state: DumpState;
  readonly failure: string | null;
  readonly report: LenientReport | null;
  readonly life: DumpLife;
  readonly group: PlaceInGroup | null;
}

/** What the event stream says of a dump. */
export interface DumpEvent {
  readonly id: string;
  readonly state: DumpState;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly login: string;
  /** Viewer and engineer, by project; the reading room's roles are not told here. */
  readonly roles: readonly RoleIn[];
  /** False until the invitation is taken up. */
  readonly active: boolean;
}

export interface NewPerson {
  readonly name: string;
  readonly login: string;
  readonly project: string;
  readonly role: ProjectRole;
}

export type TokenClass = 'ingest' | 'symbols' | 'read';

export interface ApiToken {
  readonly id: string;
  readonly class: TokenClass;
  readonly project: string;
  readonly label: string;
  readonly created_at: Instant;
  readonly last_used_at: Instant | null;
  readonly revoked_at: Instant | null;
}

export interface NewToken {
  readonly class: TokenClass;
  readonly project: string;
  readonly label: string;
}

/** Where the other two origins are. */
export interface Places {
  readonly room: string;
  readonly ingest: string;
}
