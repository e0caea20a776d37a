import type { Exposure } from '../api/wire.js';

/** The sentence that a manager can forward, and the figures beside it. */
export interface Verdict {
  readonly tone: 'danger' | 'warn' | 'ok';
  readonly title: string;
  readonly detail: string;
  /** People who were shown bytes of it, and people whose grants held some. */
  readonly did: number;
  readonly could: number;
  /** Whole days in which it lay there and no detector that ran could know. */
  readonly blindDays: number;
}

const DAY_MS = 86_400_000;

export function verdictOf(exposure: Exposure): Verdict {
  const readers = new Set(exposure.did.filter(({ of_secret: bytes }) => bytes > 0).map(({ person }) => person));
  const could = new Set(exposure.could.map(({ person }) => person));
  const figures = { did: readers.size, could: could.size, blindDays: blindDays(exposure) };
  if (readers.size > 0) return { tone: 'danger', ...sawWords(exposure, readers), ...figures };
  if (could.size > 0)
    return {
      tone: 'warn',
      title: 'Nobody read a byte of it',
      detail: `${counted(could.size, 'person')} held a grant whose ranges had some, and did not look there.`,
      ...figures,
    };
  return {
    tone: 'ok',
    title: 'Nobody could read it',
    detail: 'No grant that was opened ever held a byte of it.',
    ...figures,
  };
}

function sawWords(
  { secret_bytes: all, seen_bytes: seen, did, people }: Exposure,
  readers: ReadonlySet<string>,
): Pick<Verdict, 'title' | 'detail'> {
  const first = [...did].reverse().find(({ of_secret: bytes }) => bytes > 0);
  const share = all === 0 ? 0 : seen / all;
  const much = share === 1 ? 'all' : share > 0.5 ? 'most' : 'a part';
  const who = first === undefined ? 'Somebody' : (people[first.person] ?? 'Somebody');
  return {
    title: `${counted(readers.size, 'person')} read ${much} of it`,
    detail: `${who} was the first, on ${first?.at.slice(0, 10) ?? 'an unknown day'}. ${seen.toLocaleString('en-GB')} of its ${all.toLocaleString('en-GB')} bytes were shown: treat it as known, and replace it.`,
  };
}

function blindDays({ findings }: Exposure): number {
  const spans = findings.map(({ present_since: from, detectable_since: to }) => Date.parse(to) - Date.parse(from));
  return Math.max(0, Math.floor(Math.max(0, ...spans) / DAY_MS));
}

function counted(count: number, what: 'person'): string {
  return count === 1 ? `One ${what}` : `${String(count)} people`;
}
