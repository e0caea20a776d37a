import { expect, test } from 'vitest';
import { isEngineer } from '../session/use-me.js';
import { roleIn, withRole } from './roles.js';

const roles = [
  { project: 'a', role: 'viewer' },
  { project: 'b', role: 'engineer' },
  { project: 'a', role: 'security' },
];

test('the stronger role counts', () => {
  expect(roleIn(roles, 'a')).toBe('viewer');
  expect(roleIn([...roles, { project: 'a', role: 'engineer' }], 'a')).toBe('engineer');
  expect(roleIn(roles, 'c')).toBeNull();
});

test('a change touches this project’s viewer and engineer alone', () => {
  expect(withRole(roles, 'a', 'engineer')).toEqual([
    { project: 'b', role: 'engineer' },
    { project: 'a', role: 'security' },
    { project: 'a', role: 'engineer' },
  ]);
  expect(withRole(roles, 'b', null)).toEqual([roles[0], roles[2]]);
});

test('a viewer is no engineer; a role in every project is one here', () => {
  expect(isEngineer({ roles: [{ project: 'a', role: 'viewer' }] }, 'a')).toBe(false);
  expect(isEngineer({ roles: [{ project: 'b', role: 'engineer' }] }, 'a')).toBe(false);
  expect(isEngineer({ roles: [{ project: 'a', role: 'engineer' }] }, 'a')).toBe(true);
  expect(isEngineer({ roles: [{ project: '*', role: 'admin' }] }, 'a')).toBe(true);
});
