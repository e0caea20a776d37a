import { expect, test } from 'vitest';
import { readProject, readReturn } from './search.js';

test.each(['default', 'edge-relay', 'a'])('%s is a project', (project) => {
  expect(readProject({ project })).toEqual({ project });
});

test.each(['', 'A', '-a', '../x', 'a b', 7, null, undefined, ['default']])('%j is none', (project) => {
  expect(readProject({ project })).toEqual({});
});

test('the way back is a path of this page', () => {
  expect(readReturn({ to: '/reports/1?project=a' })).toEqual({ to: '/reports/1?project=a' });
});

test.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/a\nb', 'reports', '', '/', 3])(
  '%j is not followed',
  (to) => {
    expect(readReturn({ to })).toEqual({});
  },
);
