import type { AddressRange, DumpContext, MemoryMap, Project, Scope } from '../api/wire.js';

/** A request while it is written. The narrow choice is the easy choice: the crashing thread's stack, thirty minutes. */
export interface Draft {
  readonly kind: 'stack' | 'memory';
  readonly threads: readonly number[];
  readonly ranges: readonly RangeText[];
  readonly reason: string;
  readonly ticket: string;
  readonly minutes: number;
}

/** As typed. */
export interface RangeText {
  readonly address: string;
  readonly length: string;
}

export const REASON_MIN = 20;
export const REASON_MAX = 500;

export function firstDraft({ map, report }: DumpContext, thread: number | undefined): Draft {
  const asked = thread ?? report?.crashing_thread ?? 0;
  const has = map?.threads.some(({ index, stack }) => index === asked && stack !== null) === true;
  return {
    kind: 'stack',
    threads: has ? [asked] : [],
    ranges: [{ address: '', length: '' }],
    reason: '',
    ticket: '',
    minutes: 30,
  };
}

/** The scope that a draft names, or null where it names none yet. */
export function scopeOf(draft: Draft): Scope | null {
  if (draft.kind === 'stack') return draft.threads.length === 0 ? null : { kind: 'stack', threads: [...draft.threads] };
  const ranges = draft.ranges.map(rangeOf);
  return ranges.length > 0 && ranges.every((range) => range !== null) ? { kind: 'memory', ranges } : null;
}

/** `7f3a9c1e2000` or `0x7f3a…`, and a length in bytes, decimal or hex. */
export function rangeOf({ address, length }: RangeText): AddressRange | null {
  const at = /^(?:0x)?([0-9a-f]{1,16})$/i.exec(address.trim().replaceAll('_', ''))?.[1];
  const text = length.trim();
  const bytes = /^(?:0x[0-9a-f]{1,8}|\d{1,8})$/i.test(text) ? Number(text) : 0;
  return at === undefined || bytes < 1 ? null : { address: `0x${BigInt(`0x${at}`).toString(16)}`, length: bytes };
}

/** What would open, in addresses. */
export function openRanges(draft: Draft, map: MemoryMap): readonly AddressRange[] {
  if (draft.kind === 'memory') return draft.ranges.map(rangeOf).filter((range) => range !== null);
  return map.threads.flatMap(({ index, stack }) =>
    stack !== null && draft.threads.includes(index) ? [{ address: stack.address, length: stack.size }] : [],
  );
}

export const totalLength = (ranges: readonly AddressRange[]): number =>
  ranges.reduce((sum, { length }) => sum + length, 0);

/** One and a half full reads: enough to go back, too little to go round and round. */
export const budgetFor = (bytes: number, max: number): number => Math.min(max, Math.ceil((bytes * 1.5) / 1024) * 1024);

/** What still keeps it from being sent, in words; null when it can go. */
export function whatIsMissing(draft: Draft, project: Project): string | null {
  if (scopeOf(draft) === null)
    return draft.kind === 'stack' ? 'Name a thread.' : 'Give each range an address and a length.';
  const reason = Array.from(draft.reason.trim()).length;
  if (reason < REASON_MIN) return `Say why, in ${String(REASON_MIN)} characters or more.`;
  if (reason > REASON_MAX) return `The reason is longer than ${String(REASON_MAX)} characters.`;
  return fits(draft.ticket.trim(), project.ticket_pattern) ? null : 'Name the ticket.';
}

export function fits(ticket: string, pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(ticket);
  } catch {
    return false;
  }
}
