import type { Decision, GrantState, Scope } from '../api/wire.js';

/** A grant's four characters: how people name it to one another. */
export const shortId = (id: string): string => id.slice(0, 4);

/** `30 min`, `1 h`, `24 h`. */
export function minutesText(minutes: number): string {
  if (minutes % 60 !== 0 || minutes === 0) return `${String(minutes)} min`;
  return `${String(minutes / 60)} h`;
}

/** `Stack of thread 14`, `Stacks of threads 3 and 14`, `2 memory ranges`. */
export function scopeText(scope: Scope): string {
  if (scope.kind === 'memory') {
    return scope.ranges.length === 1 ? 'One memory range' : `${String(scope.ranges.length)} memory ranges`;
  }
  if (scope.kind === 'annotations') return 'What the client sent beside the dump';
  if (scope.kind === 'whole') return 'The whole dump';
  const [one, several] = scope.kind === 'stack' ? ['Stack', 'Stacks'] : ['Registers', 'Registers'];
  const [first, ...more] = scope.threads.map(String);
  if (more.length === 0) return `${one} of thread ${first ?? ''}`;
  return `${several} of threads ${[first, ...more.slice(0, -1)].join(', ')} and ${more.at(-1) ?? ''}`;
}

interface StateWords {
  readonly name: string;
  readonly tone: 'neutral' | 'warn' | 'ok' | 'danger' | 'seal' | 'info';
}

export const STATE_WORDS: Readonly<Record<GrantState, StateWords>> = {
  requested: { name: 'Waits for security', tone: 'warn' },
  approved: { name: 'Approved', tone: 'info' },
  active: { name: 'Open', tone: 'ok' },
  closed: { name: 'Closed', tone: 'neutral' },
  expired: { name: 'Time is over', tone: 'neutral' },
  exhausted: { name: 'Budget is used', tone: 'neutral' },
  revoked: { name: 'Revoked', tone: 'danger' },
  denied: { name: 'Denied', tone: 'danger' },
  withdrawn: { name: 'Withdrawn', tone: 'neutral' },
  lapsed: { name: 'Lapsed', tone: 'neutral' },
};

export const DECISION_WORDS: Readonly<Record<Decision, string>> = {
  approve: 'approved',
  deny: 'denied',
  automatic: 'opened by policy',
  'break-glass': 'broke the glass for',
  ratify: 'looked, and ratified',
  violation: 'looked, and calls it a violation:',
};
