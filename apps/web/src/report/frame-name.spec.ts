import { expect, test } from 'vitest';
import { framePlace, shortHex, shortName, sourceOf, stackLine, tidyPath } from './frame-name.js';
import { frame, stack } from './report.testbed.js';

test.each([
  ['/usr/lib/gcc/12/../../../include/c++/12/bits/invoke.h', '/usr/include/c++/12/bits/invoke.h'],
  ['./nptl/../sysdeps/futex.c', './sysdeps/futex.c'],
  ['../../src/a.cc', '../../src/a.cc'],
  ['a/./b.c', 'a/b.c'],
  ['/../a', '/../a'],
  ['C:\\src\\a.cc', 'C:\\src\\a.cc'],
])('%s is tidied to %s', (path, tidy) => {
  expect(tidyPath(path)).toBe(tidy);
});

test('offsets lose their padding and keep a zero', () => {
  expect(shortHex('0x000000000001f3c0')).toBe('0x1f3c0');
  expect(shortHex('0x0000000000000000')).toBe('0x0');
});

test('where a frame lies, or why that is not said', () => {
  expect(framePlace(frame(1))).toBe('app+0x1001');
  expect(framePlace(frame(1, { module: null }))).toBe('module withheld+0x1001');
  const outside = { module: null, module_index: null, module_offset: null };
  expect(framePlace(frame(1, outside))).toBe('outside every module');
  expect(framePlace(frame(1, { ...outside, unloaded_modules: [{ module: 'plugin.dll' }] }))).toBe(
    'unloaded plugin.dll',
  );
});

test('the innermost inlined function is the one that stood there', () => {
  const inlines = [{ function: 'geo::load_x(geo::Point const*)', mangled: null, file: 'a.cc', line: 9 }];
  expect(shortName(frame(0, { function: 'geo::area()', inlines }))).toBe('load_x');
  expect(shortName(frame(0, { function: null }))).toBe('app+0x1000');
});

test('a line stands behind its file, where one is known', () => {
  expect(sourceOf({ file: 'a.cc', line: 9 } as never)).toBe('a.cc:9');
  expect(sourceOf({ file: 'a.cc', line: null } as never)).toBe('a.cc');
  expect(sourceOf({ file: null, line: 9 })).toBeNull();
});

test('a stack in one line', () => {
  expect(stackLine(stack('a::wait(int)', 'b::park', 'c', 'd'))).toBe('a::wait ← b::park ← c');
  expect(stackLine([])).toBe('no frames');
});
