import { expect, test } from 'vitest';
import { readProject } from './search.js';

test.each(['default', 'edge-relay', 'a'])('%s is a project', (project) => {
  expect(readProject({ project })).toEqual({ project });
});

test.each(['', 'A', '-a', '../x', 'a b', 7, null, undefined, ['default']])('%j is none', (project) => {
  expect(readProject({ project })).toEqual({});
});
