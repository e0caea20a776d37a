import { expect, test } from 'vitest';
import { addTrends, readTrend } from './group-trend.js';
import { readGroupsSearch } from './groups-search.js';
import { step } from './use-row-keys.js';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 22);
const flat = (week: number, next: number): number[] => [...Array<number>(7).fill(week), ...Array<number>(7).fill(next)];

test('the address is the state: what is as usual is left out, what is odd is dropped', () => {
  expect(readGroupsSearch({})).toEqual({});
  expect(readGroupsSearch({ q: ' find_mut ', sort: 'last_seen', project: 'edge-relay' })).toEqual({
    q: 'find_mut',
    sort: 'last_seen',
    project: 'edge-relay',
  });
  expect(readGroupsSearch({ q: 12, sort: 'count' })).toEqual({ q: '12' });
  expect(readGroupsSearch({ q: ['a'], sort: 'name', project: '../' })).toEqual({});
  expect(readGroupsSearch({ q: 'x'.repeat(999) }).q).toHaveLength(200);
});

test('what was read once is read the same again', () => {
  const once = readGroupsSearch({ q: ' a::b ', sort: 'first_seen', project: 'default', other: 1 });
  expect(readGroupsSearch({ ...once })).toEqual(once);
});

test('a group is new for a week, rising when the week doubles the one before', () => {
  expect(readTrend(flat(0, 3), NOW - 2 * DAY, NOW).mark).toBe('new');
  expect(readTrend(flat(10, 20), NOW - 40 * DAY, NOW)).toEqual({
    recent: 140,
    before: 70,
    change: '+100 %',
    mark: 'rising',
  });
  expect(readTrend(flat(10, 19), NOW - 40 * DAY, NOW).mark).toBeNull();
});

test('a handful of reports does not rise', () => {
  expect(readTrend(flat(0, 2), NOW - 40 * DAY, NOW).mark).toBeNull();
});

test('trends of different lengths end on the same day', () => {
  expect(addTrends([[1, 2, 3], [10]])).toEqual([1, 2, 13]);
  expect(addTrends([])).toEqual([]);
});

test('j and k stay in the list; the first press takes its near end', () => {
  expect(step(null, 1, 3)).toBe(0);
  expect(step(null, -1, 3)).toBe(2);
  expect(step(2, 1, 3)).toBe(2);
  expect(step(0, -1, 3)).toBe(0);
  expect(step(null, 1, 0)).toBeNull();
});
