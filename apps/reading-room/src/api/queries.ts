import { queryText, request } from '@crashkeep/ui';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type {
  AuditPage,
  Device,
  DumpContext,
  Exposure,
  Finding,
  Grant,
  GrantPage,
  LeafProof,
  Passkey,
  Project,
  ReadPage,
  RoomPerson,
  Session,
  SignedStatement,
} from './wire.js';

/** Every reading question that the page asks. Bytes are none of them: they are kept by no cache (`read-bytes.ts`). */

/** A cursor, or null for the first page. */
const FIRST_PAGE = null as string | null;
/** Another person decides meanwhile: what is open is asked for again. */
const OPEN_POLL_MS = 4000;

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => (await request('/session', { signal })) as Session,
  staleTime: 60_000,
});

export const firstRunQuery = queryOptions({
  queryKey: ['first-run'],
  queryFn: async ({ signal }) => (await request('/first-run', { signal })) as { readonly needed: boolean },
});

export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: async ({ signal }) =>
    ((await request('/projects', { signal })) as { readonly projects: readonly Project[] }).projects,
  staleTime: 60_000,
});

export const contextQuery = (dump: string) =>
  queryOptions({
    queryKey: ['context', dump],
    queryFn: async ({ signal }) =>
      (await request(`/dumps/${encodeURIComponent(dump)}/context`, { signal })) as DumpContext,
  });

export type GrantView = 'mine' | 'to-decide' | 'all';

export const grantsQuery = (view: GrantView) =>
  infiniteQueryOptions({
    queryKey: ['grants', view],
    queryFn: async ({ pageParam, signal }) =>
      (await request(`/grants${queryText({ view, cursor: pageParam })}`, { signal })) as GrantPage,
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page) => page.next,
    refetchInterval: OPEN_POLL_MS,
  });

export const grantQuery = (grant: string) =>
  queryOptions({
    queryKey: ['grant', grant],
    queryFn: async ({ signal }) => (await request(`/grants/${encodeURIComponent(grant)}`, { signal })) as Grant,
    refetchInterval: OPEN_POLL_MS,
  });

export const readsQuery = (grant: string) =>
  queryOptions({
    queryKey: ['reads', grant],
    queryFn: async ({ signal }) =>
      (await request(`/grants/${encodeURIComponent(grant)}/reads`, { signal })) as ReadPage,
  });

export const passkeysQuery = queryOptions({
  queryKey: ['passkeys'],
  queryFn: async ({ signal }) =>
    ((await request('/passkeys', { signal })) as { readonly passkeys: readonly Passkey[] }).passkeys,
});

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: async ({ signal }) =>
    ((await request('/people', { signal })) as { readonly people: readonly RoomPerson[] }).people,
});

export const statementsQuery = queryOptions({
  queryKey: ['statements'],
  queryFn: async ({ signal }) =>
    ((await request('/statements', { signal })) as { readonly statements: readonly SignedStatement[] }).statements,
});

export const devicesQuery = (whose: 'mine' | 'all') =>
  queryOptions({
    queryKey: ['devices', whose],
    queryFn: async ({ signal }) =>
      ((await request(`/devices${queryText({ whose })}`, { signal })) as { readonly devices: readonly Device[] })
        .devices,
  });

export interface AuditAsked {
  readonly grant?: string | undefined;
  readonly dump?: string | undefined;
  readonly act?: string | undefined;
  readonly person?: string | undefined;
  /** Days, UTC. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const DAY_MS = 24 * 3600 * 1000;

/** The last day is a part of what is asked for. */
const auditText = ({ from, to, ...rest }: AuditAsked, cursor: string | null = null): string =>
  queryText({
    ...rest,
    from: from === undefined ? undefined : new Date(from).toISOString(),
    to: to === undefined ? undefined : new Date(Date.parse(to) + DAY_MS).toISOString(),
    cursor,
  });

/** A file with every leaf's proof: to ask for it is a leaf of its own. */
export const auditExportAddress = (asked: AuditAsked): string => `/api/v1/audit/export${auditText(asked)}`;

export const leafProofQuery = (leaf: string) =>
  queryOptions({
    queryKey: ['leaf-proof', leaf],
    queryFn: async ({ signal }) => (await request(`/audit/leaves/${leaf}/proof`, { signal })) as LeafProof,
    staleTime: Infinity,
  });

export const auditQuery = (asked: AuditAsked) =>
  infiniteQueryOptions({
    queryKey: ['audit', asked],
    queryFn: async ({ pageParam, signal }) =>
      (await request(`/audit${auditText(asked, pageParam)}`, { signal })) as AuditPage,
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page) => page.next,
    // Each reading of the audit is a leaf of its own: it is asked for when a person asks.
    staleTime: Infinity,
  });

export const findingsQuery = queryOptions({
  queryKey: ['findings'],
  queryFn: async ({ signal }) =>
    ((await request('/findings', { signal })) as { readonly findings: readonly Finding[] }).findings,
});

/** Each look is a leaf: it is asked for once, and again only when somebody asks. */
export const exposureQuery = (asked: { readonly secret?: string; readonly dump?: string }) =>
  queryOptions({
    queryKey: ['exposure', asked],
    queryFn: async ({ signal }) =>
      (await request(`/exposure${queryText({ secret: asked.secret ?? null, dump: asked.dump ?? null })}`, {
        signal,
      })) as Exposure,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
