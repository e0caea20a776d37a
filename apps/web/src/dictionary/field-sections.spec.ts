import { FIELD_DICTIONARY } from '@crashkeep/report';
import { expect, test } from 'vitest';
import { fieldSections } from './field-sections.js';

test('every row of the dictionary stands under one heading', () => {
  const shown = fieldSections(FIELD_DICTIONARY).flatMap(({ rows }) => rows.map(({ path }) => path));
  expect([...shown].sort()).toEqual(FIELD_DICTIONARY.map(({ path }) => path).sort());
});

test('a frame and what was inlined into it are told apart', () => {
  const titles = new Map(
    fieldSections(FIELD_DICTIONARY).flatMap(({ title, rows }) => rows.map(({ path }) => [path, title])),
  );
  expect(titles.get('threads[].frames[].function')).toBe('Frames');
  expect(titles.get('threads[].frames[].inlines[].function')).toBe('Inlined functions');
  expect(titles.get('crash_reason')).toBe('The crash');
});

test('words look in names, bounds and reasons, and headings without a row go', () => {
  const found = fieldSections(FIELD_DICTIONARY, 'UUID');
  expect(found.map(({ title }) => title)).toEqual(['The crash']);
  expect(fieldSections(FIELD_DICTIONARY, 'no such thing')).toEqual([]);
});
