import type { StrictRows } from '@crashkeep/strict-store';
import { z } from 'zod';
import { type Span, bytesOf, common, merged, without } from './seen-bytes.js';

const count = z.bigint().transform(Number);
const Pair = z.tuple([z.number(), z.number()]);

const SightingRow = z.object({
  secret_id: z.uuid(),
  dump_id: z.uuid(),
  part_id: z.uuid().nullable(),
  address: z.string().nullable(),
  offset: count,
  length: count,
  ranges: z.array(Pair),
  detector: z.string(),
  present_since: z.date(),
  detectable_since: z.date(),
  found_at: z.date(),
});
export type SightingRow = z.infer<typeof SightingRow>;

const Range = z.object({ part: z.uuid().nullish(), offset: z.number(), length: z.number() });

const GrantColumns = z.object({
  id: z.string(),
  dump_id: z.uuid(),
  requester: z.string(),
  device: z.string().nullable(),
  state: z.string(),
  activated_at: z.date(),
  until: z.date(),
  ranges: z.array(Range),
});

const LeafBody = z.object({
  grant: z.string(),
  dump: z.uuid(),
  requester: z.string(),
  ranges: z.array(Range),
  bytes: z.number(),
  /** Leaves of before the masks have neither: nothing was hidden then. */
  mask: z.uuid().optional(),
  hidden: z.number().default(0),
});
const LeafRow = z.object({ id: z.uuid(), seq: z.bigint().nullable(), body: z.string(), created_at: z.date() });

const Mask = z.object({
  objects: z.array(z.object({ part: z.uuid().nullable(), secret: z.array(Pair), unsearched: z.array(Pair) })),
});

/** More reads of the same dumps than this are told by the audit. */
const READS_MAX = 2_000;

type Place = { readonly dump_id: string; readonly part_id: string | null };
const placeOf = (dump: string, part: string | null | undefined): string => `${dump} ${part ?? ''}`;

/** Bytes of secrets, by the file that they lie in. */
function secretSpans(sightings: readonly SightingRow[]): Map<string, Span[]> {
  const spans = new Map<string, Span[]>();
  for (const { dump_id: dump, part_id: part, ranges } of sightings) {
    const place = placeOf(dump, part);
    spans.set(place, merged([...(spans.get(place) ?? []), ...ranges]));
  }
  return spans;
}

function overlap(
  secrets: ReadonlyMap<string, readonly Span[]>,
  dump: string,
  ranges: readonly z.infer<typeof Range>[],
) {
  const parts = new Set(ranges.map(({ part }) => part ?? null));
  return [...parts].map((part) => {
    const asked = ranges
      .filter((range) => (range.part ?? null) === part)
      .map(({ offset, length }): Span => [offset, length]);
    return { part, asked, spans: common(asked, secrets.get(placeOf(dump, part)) ?? []) };
  });
}

export async function findSightings(
  rows: StrictRows,
  { secrets, dump }: { readonly secrets: readonly string[]; readonly dump: string | null },
): Promise<SightingRow[]> {
  const found = await rows.$queryRaw<
    unknown[]
  >`SELECT secret_id, dump_id, part_id, address, "offset", length, ranges, detector,
      present_since, detectable_since, found_at FROM strict.sighting
    WHERE secret_id = ANY(${[...secrets]}::uuid[]) AND (${dump}::uuid IS NULL OR dump_id = ${dump}::uuid)
    ORDER BY dump_id, "offset"`;
  return found.map((row) => SightingRow.parse(row));
}

/** Grants that were opened and whose ranges held bytes of the secrets. */
export async function findWhoCould(rows: StrictRows, sightings: readonly SightingRow[]) {
  const secrets = secretSpans(sightings);
  const dumps = [...new Set(sightings.map(({ dump_id: dump }: Place) => dump))];
  const found = await rows.$queryRaw<unknown[]>`SELECT g.id, g.dump_id, g.requester, g.device, g.state, g.activated_at,
      coalesce(g.ended_at, g.expires_at) AS until,
      (SELECT coalesce(json_agg(json_build_object('part', r.part, 'offset', r."offset", 'length', r.length)), '[]')
        FROM strict.access_grant_range r WHERE r.grant_id = g.id AND r.version = g.version) AS ranges
    FROM strict.access_grant g WHERE g.dump_id = ANY(${dumps}::uuid[]) AND g.activated_at IS NOT NULL
    ORDER BY g.activated_at DESC`;
  return found.flatMap((row) => {
    const {
      id,
      dump_id: dump,
      requester: person,
      device,
      state,
      activated_at: from,
      until,
      ranges,
    } = GrantColumns.parse(row);
    const bytes = overlap(secrets, dump, ranges).reduce((sum, { spans }) => sum + bytesOf(spans), 0);
    if (bytes === 0) return [];
    return [{ grant: id, dump, person, device, state, from: from.toISOString(), until: until.toISOString(), bytes }];
  });
}

/** Every read of these dumps, by the ledger, with the bytes of the secrets that it showed: what a mask hid was not seen. */
export async function findWhoDid(rows: StrictRows, sightings: readonly SightingRow[]) {
  const secrets = secretSpans(sightings);
  const dumps = [...new Set(sightings.map(({ dump_id: dump }) => dump))];
  const leaves = await rows.$queryRaw<unknown[]>`SELECT l.id, l.seq, l.body, l.created_at FROM ledger.leaf l
    WHERE substring(l.body FROM '"dump":"([0-9a-f-]{36})"') = ANY(${dumps}::text[])
      AND substring(l.body FROM '"act":"([a-z.-]+)"') = 'grant.read'
    ORDER BY l.created_at DESC LIMIT ${READS_MAX}::int`;
  const devices = await devicesOf(rows, dumps);
  const masks = new Map<string, z.infer<typeof Mask>>();
  const firstFound = Math.min(...sightings.map(({ found_at: at }) => at.getTime()));
  const reads = [];
  for (const row of leaves) {
    const { id, seq, body: text, created_at: at } = LeafRow.parse(row);
    const body = LeafBody.parse(JSON.parse(text));
    const mask = body.mask === undefined || body.hidden === 0 ? null : await maskOf(rows, body.mask, masks);
    // All of it hidden: also where the mask itself is narrower, because newer detectors had not looked yet.
    const shown = overlap(secrets, body.dump, body.hidden >= body.bytes ? [] : body.ranges);
    const seen = shown.flatMap(({ part, spans }) => {
      const object = mask?.objects.find((it) => it.part === part);
      return object === undefined ? spans : without(spans, [...object.secret, ...object.unsearched]);
    });
    reads.push({
      ...{
        leaf: id,
        index: seq === null ? null : Number(seq),
        at: at.toISOString(),
        grant: body.grant,
        dump: body.dump,
      },
      ...{ person: body.requester, device: devices.get(body.grant) ?? null, bytes: body.bytes, hidden: body.hidden },
      ranges: body.ranges.map(({ offset, length }) => ({ offset, length })),
      of_secret: bytesOf(seen),
      seen: seen.map(([offset, length]) => ({ offset, length })),
      when: at.getTime() < firstFound ? ('before' as const) : ('after' as const),
      spans: seen.map((span) => ({ dump: body.dump, span })),
    });
  }
  return reads;
}

async function devicesOf(rows: StrictRows, dumps: readonly string[]): Promise<Map<string, string | null>> {
  const found = await rows.$queryRaw<{ id: string; device: string | null }[]>`SELECT id, device FROM strict.access_grant
    WHERE dump_id = ANY(${[...dumps]}::uuid[])`;
  return new Map(found.map(({ id, device }) => [id, device]));
}

async function maskOf(rows: StrictRows, id: string, known: Map<string, z.infer<typeof Mask>>) {
  const kept = known.get(id);
  if (kept !== undefined) return kept;
  const row = await rows.mask_set.findUnique({ where: { id }, select: { statement: true } });
  if (row === null) return null;
  const mask = Mask.parse(JSON.parse(row.statement));
  known.set(id, mask);
  return mask;
}

/** How many different bytes of the secrets were shown, by anybody. */
export function bytesShown(reads: Awaited<ReturnType<typeof findWhoDid>>): number {
  const byDump = new Map<string, Span[]>();
  for (const { dump, span } of reads.flatMap(({ spans }) => spans))
    byDump.set(dump, [...(byDump.get(dump) ?? []), span]);
  return [...byDump.values()].reduce((sum, spans) => sum + bytesOf(merged(spans)), 0);
}

export const secretBytes = (sightings: readonly SightingRow[]): number =>
  [...secretSpans(sightings).values()].reduce((sum, spans) => sum + bytesOf(spans), 0);
