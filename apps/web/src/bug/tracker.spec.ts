import { BugTracker } from '@crashkeep/report';
import { expect, test } from 'vitest';
import { keepTracker, keptTracker } from './kept-tracker.js';
import { NO_TRACKER, trackerOf } from './tracker-fields.js';

function memory(): Pick<Storage, 'getItem' | 'setItem'> {
  const kept = new Map<string, string>();
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
  };
}

const github = { ...NO_TRACKER, base: 'https://github.com/team/app' };

test('what was told once is known again, for its project alone', () => {
  const storage = memory();
  keepTracker('relay', github, storage);
  expect(keptTracker('relay', storage)).toEqual(github);
  expect(keptTracker('other', storage)).toBeNull();
});

test('what somebody else wrote into the storage is nothing', () => {
  for (const text of ['{', '{"kind":"github","base":"javascript:alert(1)"}', '[]', 'null']) {
    expect(keptTracker('relay', { getItem: () => text })).toBeNull();
  }
  const full = {
    setItem: () => {
      throw new Error('full');
    },
  };
  expect(() => {
    keepTracker('relay', github, full);
  }).not.toThrow();
});

test('fields of another kind are left out', () => {
  const typed = { ...github, base: ' https://jira.example.org ', product: 'App', project_id: ' 10000 ' };
  expect(trackerOf({ ...typed, kind: 'jira' })).toMatchObject({
    base: 'https://jira.example.org',
    project_id: '10000',
    issue_type: null,
    product: null,
  });
  expect(BugTracker.safeParse(trackerOf(NO_TRACKER)).success).toBe(false);
});
