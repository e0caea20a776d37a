import { expect, test } from 'vitest';
import { formatBytes } from './bytes.js';
import { formatChange, formatCount, formatCounted } from './count.js';
import { formatDuration, formatElapsed } from './duration.js';
import { formatAgo, formatDay, formatMoment, formatWhen } from './moment.js';

const NOW = Date.UTC(2026, 10, 22, 14, 2, 11);
const MINUTE = 60_000;

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1 KB'],
  [86_016, '84 KB'],
  [4_404_019, '4.2 MB'],
  [10_485_759, '10 MB'],
  [327_155_712, '312 MB'],
  [5 * 1024 ** 4, '5 TB'],
])('%d bytes read as %s', (bytes, shown) => {
  expect(formatBytes(bytes)).toBe(shown);
});

test('counts have commas, and the noun follows them', () => {
  expect(formatCount(12_418)).toBe('12,418');
  expect(formatCounted(1, 'report')).toBe('1 report');
  expect(formatCounted(2, 'person', 'people')).toBe('2 people');
});

test('a change is signed, and says nothing where there was nothing', () => {
  expect(formatChange(314, 100)).toBe('+214 %');
  expect(formatChange(97, 100)).toBe('−3 %');
  expect(formatChange(100, 100)).toBe('0 %');
  expect(formatChange(5, 0)).toBeNull();
});

test('durations keep their two largest units', () => {
  expect(formatDuration(12)).toBe('12 s');
  expect(formatDuration(252)).toBe('4 min 12 s');
  expect(formatDuration(22_331)).toBe('6 h 12 min');
  expect(formatDuration(86_400 * 3)).toBe('3 d');
  expect(formatElapsed(291)).toBe('291 ms');
  expect(formatElapsed(4200)).toBe('4.2 s');
});

test('a day has its year only where it is another one', () => {
  expect(formatDay(NOW, NOW, 'UTC')).toBe('22 Nov');
  expect(formatDay(Date.UTC(2025, 8, 3), NOW, 'UTC')).toBe('3 Sep 2025');
  expect(formatMoment(NOW, NOW, 'UTC')).toBe('22 Nov, 14:02:11');
});

test.each([
  [0, 'now'],
  [2 * MINUTE, '2 min'],
  [59.6 * MINUTE, '1 h'],
  [23.6 * 60 * MINUTE, '1 d'],
  [5 * 24 * 60 * MINUTE, '5 d'],
  [20 * 24 * 60 * MINUTE, '2 Nov'],
])('%d ms ago reads as %s', (before, shown) => {
  expect(formatAgo(NOW - before, NOW, 'UTC')).toBe(shown);
});

test('a clock that runs ahead of ours is now, not the future', () => {
  expect(formatAgo(NOW + MINUTE, NOW)).toBe('now');
});

test('in a sentence it is ago, just now, or on a day', () => {
  expect(formatWhen(NOW, NOW)).toBe('just now');
  expect(formatWhen(NOW - 2 * MINUTE, NOW)).toBe('2 min ago');
  expect(formatWhen(NOW - 20 * 24 * 60 * MINUTE, NOW, 'UTC')).toBe('on 2 Nov');
});
