/** Owns every schema and migrates; no app connects as it. */
export const OWNER = 'ck_owner';

/** One for each app; what each may do stands in prisma/*\/migrations. */
export const APP_ROLES = [
  'ck_ingest',
  'ck_worker',
  'ck_keeper',
  'ck_sequencer',
  'ck_strict_api',
  'ck_lenient_api',
] as const;
export type AppRole = (typeof APP_ROLES)[number];

export const ROLES = [OWNER, ...APP_ROLES] as const;
export type Role = (typeof ROLES)[number];
