import { type MadeUpDump, type MadeUpGroup, type MadeUpVault, reportOf } from './made-up-vault.js';

/** What lenient-api would say of the made-up vault. */
const iso = (moment: number | null): string | null => (moment === null ? null : new Date(moment).toISOString());

export function groupAnswer({ id, signature, part, expected, trend, firstSeen, dumps }: MadeUpGroup): object {
  return {
    id,
    signature,
    count: part.count,
    first_seen: iso(firstSeen),
    last_seen: iso(dumps[0]?.receivedAt ?? firstSeen),
    versions: part.versions,
    os: [expected.os === 'Linux' ? 'linux' : expected.os === 'Mac OS X' ? 'mac' : 'windows'],
    trend,
  };
}

export function rowAnswer(dump: MadeUpDump): object {
  const { group, state } = dump;
  const walked = state === 'done';
  return {
    id: dump.id,
    state,
    failure: dump.failure,
    received_at: iso(dump.receivedAt),
    group_id: walked ? group.id : null,
    signature: walked ? group.signature : null,
    product: walked ? group.part.product : null,
    version: walked ? dump.version : null,
    os: walked ? 'linux' : null,
    cpu: walked ? group.expected.cpu : null,
    crash_reason: walked ? group.expected.crash_reason : null,
  };
}

export function reportAnswer(dump: MadeUpDump): object {
  const walked = dump.state === 'done';
  const bytes = 180_000 + (dump.receivedAt % 9_000_000);
  return {
    id: dump.id,
    state: dump.state,
    failure: dump.failure,
    report: walked ? reportOf(dump) : null,
    life: {
      received_at: iso(dump.receivedAt),
      walking_at: iso(dump.walkingAt),
      done_at: iso(dump.doneAt),
      shredded_at: null,
      held_until: iso(dump.receivedAt + 30 * 86_400_000),
      dump_bytes: bytes,
      opened_bytes: walked ? Math.round(bytes * 0.21) : null,
      attachments: 1,
      annotations: 7,
      grants_open: 0,
      grants_ended: dump.receivedAt % 3 === 0 ? 1 : 0,
      screen: { state: 'complete', detectors: 1, critical: 0, high: 0, medium: 1, low: 0, info: 0 },
    },
    group: walked ? placeOf(dump) : null,
  };
}

function placeOf(dump: MadeUpDump): object {
  const { group } = dump;
  const at = group.dumps.indexOf(dump);
  return {
    id: group.id,
    count: group.part.count,
    previous: group.dumps[at + 1]?.id ?? null,
    next: group.dumps[at - 1]?.id ?? null,
  };
}

const SORTS: Readonly<Record<string, (a: MadeUpGroup, b: MadeUpGroup) => number>> = {
  count: (a, b) => b.part.count - a.part.count,
  last_seen: (a, b) => (b.dumps[0]?.receivedAt ?? 0) - (a.dumps[0]?.receivedAt ?? 0),
  first_seen: (a, b) => b.firstSeen - a.firstSeen,
};

export function groupsAnswer(vault: MadeUpVault, query: URLSearchParams): object {
  const words = (query.get('q') ?? '').toLowerCase();
  const sort = SORTS[query.get('sort') ?? 'count'] ?? SORTS['count'];
  const found = vault.groups.filter(({ signature }) => signature.toLowerCase().includes(words)).sort(sort);
  return page('groups', found.map(groupAnswer), query, 12);
}

export function page(name: string, rows: readonly object[], query: URLSearchParams, size: number): object {
  const from = Number(query.get('cursor') ?? 0);
  const next = from + size < rows.length ? String(from + size) : null;
  return { [name]: rows.slice(from, from + size), next };
}
