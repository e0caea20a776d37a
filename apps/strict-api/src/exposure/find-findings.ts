import type { ProjectId } from '@crashkeep/ids';
import type { StrictRows } from '@crashkeep/strict-store';
import type { z } from 'zod';
import { Finding } from '../wire/findings.js';

const FINDINGS_MAX = 500;

export interface FindingFilter {
  /** Of these projects; null: of all. */
  readonly projects: readonly ProjectId[] | null;
  readonly secret?: string | undefined;
  readonly dump?: string | undefined;
}

/** Secrets with what is known of where they lay, the worst first. */
export async function findFindings(rows: StrictRows, filter: FindingFilter): Promise<z.infer<typeof Finding>[]> {
  const projects = filter.projects === null ? null : [...filter.projects];
  const found = await rows.$queryRaw<
    Record<string, unknown>[]
  >`SELECT e.id, e.project, e.kind, e.level, e.severity, e.spki,
      e.ssh, min(s.present_since) AS present_since, min(s.detectable_since) AS detectable_since, e.found_at,
      count(DISTINCT s.dump_id)::int AS dumps, count(*)::int AS sightings, e.rotation, e.owner, e.note, e.rotation_at
    FROM strict.secret e JOIN strict.sighting s ON s.secret_id = e.id
    WHERE (${projects}::text[] IS NULL OR e.project = ANY(${projects}::text[]))
      AND (${filter.secret ?? null}::uuid IS NULL OR e.id = ${filter.secret ?? null}::uuid)
      AND (${filter.dump ?? null}::uuid IS NULL OR s.dump_id = ${filter.dump ?? null}::uuid)
    GROUP BY e.id ORDER BY array_position(ARRAY['critical', 'high', 'medium', 'low', 'info'], e.severity), e.found_at DESC
    LIMIT ${FINDINGS_MAX}::int`;
  return found.map((row) =>
    Finding.parse(
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]),
      ),
    ),
  );
}
