import { formatChange } from '@crashkeep/ui';

const WEEK = 7;
/** Fewer reports than this rise and fall by chance. */
const RISE_LEAST = 20;
const RISE_FACTOR = 2;
const NEW_DAYS = 7;
const DAY_MS = 86_400_000;

export interface GroupTrend {
  /** Reports of the last seven days, and of the seven before. */
  readonly recent: number;
  readonly before: number;
  /** `+214 %`; null where there was nothing before. */
  readonly change: string | null;
  readonly mark: 'new' | 'rising' | null;
}

/** What fourteen daily counts (oldest first) say of a group that was first seen then. Milliseconds. */
export function readTrend(daily: readonly number[], firstSeen: number, now: number): GroupTrend {
  const recent = sum(daily.slice(-WEEK));
  const before = sum(daily.slice(-2 * WEEK, -WEEK));
  return { recent, before, change: formatChange(recent, before), mark: markOf(recent, before, now - firstSeen) };
}

function markOf(recent: number, before: number, age: number): GroupTrend['mark'] {
  if (age < NEW_DAYS * DAY_MS) return 'new';
  return recent >= RISE_LEAST && recent >= RISE_FACTOR * Math.max(1, before) ? 'rising' : null;
}

/** Day by day, over all. */
export function addTrends(trends: readonly (readonly number[])[]): readonly number[] {
  const days = Math.max(0, ...trends.map(({ length }) => length));
  return Array.from({ length: days }, (_, day) => sum(trends.map((trend) => trend[trend.length - days + day] ?? 0)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
