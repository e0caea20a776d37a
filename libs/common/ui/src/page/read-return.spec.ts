import { expect, test } from 'vitest';
import { readReturn } from './read-return.js';

test('the way back is a path of this page', () => {
  expect(readReturn({ to: '/reports/1?project=a' })).toEqual({ to: '/reports/1?project=a' });
});

test.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/a\nb', 'reports', '', '/', 3])(
  '%j is not followed',
  (to) => {
    expect(readReturn({ to })).toEqual({});
  },
);
