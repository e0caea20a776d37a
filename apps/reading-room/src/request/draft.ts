import type { AddressRange, DumpContext, GrantPath, MemoryMap, Project, Scope } from '../api/wire.js';

/** A request while it is written. The narrow choice is the easy choice: the crashing thread's stack, thirty minutes. */
export interface Draft {
  readonly kind: Scope['kind'];
  readonly path: GrantPath;
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
    path: 'asked',
    threads: has ? [asked] : [],
    ranges: [{ address: '', length: '' }],
    reason: '',
    ticket: '',
    minutes: 30,
  };
}

/** The scope that a draft names, or null where it names none yet. */
export function scopeOf(draft: Draft): Scope | null {
  if (draft.kind === 'annotations' || draft.kind === 'whole') return { kind: draft.kind };
  if (draft.kind === 'stack' || draft.kind === 'registers') {
    return draft.threads.length === 0 ? null : { kind: draft.kind, threads: [...draft.threads] };
  }
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
  if (draft.kind === 'annotations' || draft.kind === 'registers') return [];
  if (draft.kind === 'whole') return map.regions.map(({ address, size }) => ({ address, length: size }));
  if (draft.kind === 'memory') return draft.ranges.map(rangeOf).filter((range) => range !== null);
  return map.threads.flatMap(({ index, stack }) =>
    stack !== null && draft.threads.includes(index) ? [{ address: stack.address, length: stack.size }] : [],
  );
}

export const totalLength = (ranges: readonly AddressRange[]): number =>
  ranges.reduce((sum, { length }) => sum + length, 0);

/** One and a half full reads: enough to go back, too little to go round and round. */
export const budgetFor = (bytes: number, max: number): number => Math.min(max, Math.ceil((bytes * 1.5) / 1024) * 1024);

/** Bytes that would open, memory or not. */
export function openBytes(draft: Draft, { dump }: DumpContext, map: MemoryMap): number {
  if (draft.kind === 'annotations') return map.annotation_bytes;
  if (draft.kind === 'whole') return dump.plain_bytes;
  if (draft.kind !== 'registers') return totalLength(openRanges(draft, map));
  return map.threads.reduce((sum, it) => sum + (draft.threads.includes(it.index) ? it.registers_bytes : 0), 0);
}

/** What the project's policy says of this draft: null where it lets nobody ask for it so. */
export function ruleOf({ kind, path }: Pick<Draft, 'kind' | 'path'>, { policy }: Project): DraftRule | null {
  const rule = policy.rules.scopes[kind];
  const { breakGlass } = policy.rules;
  if (rule === null) return null;
  if (path === 'break-glass') return breakGlass === null ? null : { ...rule, ...breakGlass, approvals: 0 };
  if (path === 'automatic') {
    return policy.rules.automatic.some((it) => it === kind) ? { ...rule, approvals: 0 } : null;
  }
  return rule;
}

interface DraftRule {
  readonly approvals: number;
  readonly minutesMax: number;
  readonly budgetMax: number;
  readonly hardened: boolean;
}

/** What still keeps it from being sent, in words; null when it can go. */
export function whatIsMissing(draft: Draft, project: Project): string | null {
  if (scopeOf(draft) === null)
    return draft.kind === 'stack' || draft.kind === 'registers'
      ? 'Name a thread.'
      : 'Give each range an address and a length.';
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
