import { expect, test } from 'vitest';
import type { ReportRow } from '../api/wire.js';
import { splitAtFrontier, withHead, withState } from './live-rows.js';

const row = (id: string): ReportRow => ({
  id,
  state: 'queued',
  failure: null,
  received_at: '2026-11-25T00:00:00.000Z',
  group_id: null,
  signature: null,
  product: null,
  version: null,
  channel: null,
  os: null,
  os_version: null,
  cpu: null,
  crash_reason: null,
});

const ids = (rows: readonly ReportRow[]): string => rows.map(({ id }) => id).join('');

test('rows above the frontier wait', () => {
  const { shown, waiting } = splitAtFrontier([row('d'), row('c'), row('b'), row('a')], 'b');
  expect(ids(shown)).toBe('ba');
  expect(waiting).toBe(2);
});

test('without a frontier, or when it is gone, all rows are shown', () => {
  expect(splitAtFrontier([row('b'), row('a')], null)).toMatchObject({ waiting: 0 });
  expect(ids(splitAtFrontier([row('b'), row('a')], 'gone').shown)).toBe('ba');
});

test('a state changes in place and leaves the others as they were', () => {
  const rows = [row('b'), row('a')];
  const after = withState(rows, 'a', 'walking');
  expect(after.map(({ state }) => state)).toEqual(['queued', 'walking']);
  expect(after[0]).toBe(rows[0]);
  expect(withState(rows, 'x', 'done')).toBe(rows);
  expect(withState(rows, 'a', 'queued')).toBe(rows);
});

const page = (names: string, next: string | null): { reports: ReportRow[]; next: string | null } => ({
  reports: Array.from(names, row),
  next,
});

test('new rows come before the known ones, whose cursors hold', () => {
  const pages = withHead([page('cba', 'after a'), page('zy', null)], page('edc', 'after c'));
  expect(pages.map(({ reports, next }) => [ids(reports), next])).toEqual([
    ['edcba', 'after a'],
    ['zy', null],
  ]);
});

test('where more came than a page holds the list begins anew', () => {
  expect(withHead([page('cba', 'after a')], page('zyx', 'after x'))).toEqual([page('zyx', 'after x')]);
  expect(withHead([], page('a', null))).toEqual([page('a', null)]);
});
