import type { Paths, Schemas } from '@crashkeep/console-client';
import type { LenientReport } from '@crashkeep/report';

/** What lenient-api answers, by the names that this page knows it under. Generated from the API's own schemas. */
type Read<T> = T extends readonly (infer E)[]
  ? readonly Read<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Read<T[K]> }
    : T;

/** ISO 8601 on the wire; a report's own times are seconds since 1970. `momentOf` reads both. */
export type Instant = string | number;

export type Session = Read<Schemas['Session']>;
export type RoleIn = Session['roles'][number];
export type Project = Read<Schemas['Project']>;

/** One line of a list: a dump, walked or not yet. */
export type ReportRow = Read<Schemas['ReportLine']>;
export type DumpState = ReportRow['state'];
export interface ReportRows {
  readonly reports: readonly ReportRow[];
  readonly next: string | null;
}

/** A report's texts were screened: the type says so, which the wire's cannot. */
export type ReportAnswer = Omit<Read<Schemas['Report']>, 'report'> & { readonly report: LenientReport | null };
/** The life of a dump: times and counts, never a text of its own. */
export type DumpLife = ReportAnswer['life'];
export type PlaceInGroup = NonNullable<ReportAnswer['group']>;

/** What the event stream says of a dump. */
export interface DumpEvent {
  readonly id: string;
  readonly state: DumpState;
}

export type ProjectRole = 'viewer' | 'engineer';
export type Person = Read<Schemas['Person']>;
export interface NewPerson {
  readonly name: string;
  readonly login: string;
  readonly project: string;
  readonly role: ProjectRole;
}

export type ApiToken = Read<Schemas['Token']>;
export type TokenClass = ApiToken['class'];
export type NewToken = Pick<ApiToken, 'class' | 'project' | 'label'>;

/** Where the other two origins are. */
export interface Places {
  readonly room: string;
  readonly ingest: string;
}

export type TopCrasher = Read<Schemas['TopCrasher']>;
export type TopCrashers = Read<Schemas['TopCrashers']>;
export type Facets = Read<Schemas['Facets']>;
export type Facet = Read<Schemas['Facet']>;
export type Completions = Read<Schemas['Completions']>;
export type SavedView = Read<Schemas['SavedView']>;
export type SignatureFacts = Read<Schemas['Signature']>;
export type SignatureTrend = Read<Schemas['SignatureTrend']>;
export type Correlations = Read<Schemas['Correlations']>;
export type Icicle = Read<Schemas['Icicle']>;
export type WhyThisGroup = Read<Schemas['WhyThisGroup']>;
export type AlertRule = Read<Schemas['AlertRule']>;

type AnswerOf<Path extends keyof Paths> = Paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer T } } } };
}
  ? Read<T>
  : never;
export type GroupActs = AnswerOf<'/api/v1/groups/{id}/acts'>;
export type GroupNotes = AnswerOf<'/api/v1/groups/{id}/notes'>;
export type ToldAlerts = AnswerOf<'/api/v1/alerts'>;
