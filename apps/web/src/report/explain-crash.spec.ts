import { expect, test } from 'vitest';
import { explainCrash, groupEvidence } from './explain-crash.js';
import type { Words } from './explanation.js';
import { frame, report, stack, thread } from './report.testbed.js';
import { firstOwnFrame } from './runtime-frames.js';

const text = (words: Words): string => words.map((word) => (typeof word === 'string' ? word : word.code)).join('');

const lead = (facts: Parameters<typeof report>[0]): string | null => {
  const explanation = explainCrash(report(facts));
  return explanation === null ? null : text(explanation.lead);
};

const crashed = (...names: readonly (string | null)[]): { threads: unknown } => ({
  threads: [thread(0, stack(...names))],
});

test('a field behind a null pointer', () => {
  const explanation = explainCrash(report());
  expect(text(explanation?.lead ?? [])).toBe(
    'find_mut used a pointer that was null: it reached for what lies 0x18 behind it.',
  );
  expect(explanation?.sure).toBe('strong');
  expect(explanation?.evidence.map(({ figure }) => figure)).toEqual(['null+0x18', '#0']);
});

test('a call through a null pointer has no module', () => {
  const outside = frame(0, { function: null, module: null, module_index: null, module_offset: null });
  const threads = [thread(0, [outside, frame(1, { function: 'dispatch(int)' })])];
  expect(lead({ crash_address: 'null', threads })).toBe(
    'The program called a function through a null pointer, from dispatch.',
  );
});

test.each([
  ['SIGSEGV / SEGV_MAPERR', 'non-canonical', ['f'], 'f used a pointer that cannot be one'],
  ['SIGSEGV / SI_KERNEL', 'null', ['f'], 'f used a pointer that cannot be one'],
  ['SIGSEGV / SEGV_MAPERR', 'stack', ['ping', 'pong', 'ping', 'pong', 'ping', 'pong', 'ping'], 'The stack ran out'],
  ['SIGABRT / SI_TKILL', 'null', ['raise', 'abort', 'malloc_printerr', '_int_free', 'f'], 'The heap was damaged'],
  ['SIGABRT', 'null', ['raise', 'abort', '__gnu_cxx::__verbose_terminate_handler', 'f'], 'A C++ exception was thrown'],
  ['SIGABRT', 'null', ['raise', 'abort', 'std::panicking::rust_panic', 'f'], 'The program panicked'],
  ['SIGABRT', 'null', ['raise', 'abort', 'fatal'], 'The program ended itself'],
  ['SIGTRAP', 'null', ['check'], 'check ran into a trap'],
  ['SIGFPE / FPE_INTDIV', 'module', ['mean'], 'mean divided a whole number by zero'],
  ['SIGBUS / BUS_ADRERR', 'heap-like', ['read'], 'read read a mapped file beyond its end'],
])('%s at %s', (crash_reason, crash_address_class, names, said) => {
  expect(
    lead({ crash_reason, crash_address_class, crash_address: crash_address_class, ...crashed(...names) }),
  ).toContain(said);
});

test.each([
  ['a wild address that could be anything', { crash_address: 'heap-like', crash_address_class: 'heap-like' }],
  ['a signal that was sent: its address means nothing', { crash_reason: 'SIGSEGV / SI_TKILL' }],
  ['an abort whose stack says nothing', { crash_reason: 'SIGABRT', ...crashed('__poll', 'main') }],
  ['no thread', { crashing_thread: null }],
  ['no reason', { crash_reason: null }],
])('silence: %s', (_, facts) => {
  expect(lead(facts)).toBeNull();
});

test('the highest place of one’s own is past the runtime', () => {
  const explanation = explainCrash(
    report({ crash_reason: 'SIGABRT', ...crashed('raise', 'abort', 'app::check(int)') }),
  );
  expect(explanation?.evidence.at(-1)).toEqual({
    figure: '#2',
    words: [{ code: 'app::check' }, ' is the highest place of your own.'],
  });
});

test('a place with a source line is surely one’s own', () => {
  const frames = [
    frame(0, { function: 'neighbour', trust: 'scan' }),
    frame(1, { function: 'mine', file: 'a.cc', line: 3 }),
  ];
  expect(firstOwnFrame(frames)?.index).toBe(1);
  expect(firstOwnFrame([frame(0, { trust: 'scan' }), frame(1)])?.index).toBe(1);
  expect(firstOwnFrame([frame(0, { trust: 'scan' })])?.index).toBe(0);
  expect(firstOwnFrame([])).toBeNull();
});

test('the group is one line', () => {
  expect(groupEvidence(2)).toBe('reports have this signature.');
  expect(groupEvidence(1)).toContain('so far');
});

test.each([
  ['guard-page', 'f touched a guard page'],
  ['executing-data', 'The program jumped into data'],
  ['unloaded-code', 'a library that had been unloaded'],
  ['wild-call', 'an address where no code is'],
  ['freed-memory', 'f used memory that had been freed'],
  ['uninitialised-memory', 'f used memory that was never set'],
  ['read-only-memory', 'f wrote to memory that may only be read'],
  ['assertion', 'A check of the program’s own failed'],
  ['stack-smashed', 'A buffer on the stack'],
  ['out-of-memory', 'ran out of memory'],
  ['stack-overflow', 'The stack ran out in f.'],
])('what the vault found: %s', (cause, said) => {
  const facts = { crash_address: 'other', crash_address_class: 'other', ...crashed('f', 'main') };
  expect(lead({ ...facts, probable_cause: { cause, sure: 'fair' } })).toContain(said);
});

test('the instruction tells what its registers held, and no value', () => {
  const instruction = {
    text: 'mov rax, qword ptr [rdi + 0x18]',
    registers: [
      { name: 'rax', class: 'other' },
      { name: 'rdi', class: 'null' },
    ],
  };
  const found = explainCrash(report({ instruction }))?.evidence.find(({ figure }) => figure === 'code');
  expect(text(found?.words ?? [])).toBe('mov rax, qword ptr [rdi + 0x18]: rax held something else, rdi was null.');
});
