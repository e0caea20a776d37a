import { describe, expect, test } from 'vitest';
import { LenientFrame, LenientModule, LenientThread, ScreenedTextWire } from '@crashkeep/report';
import { normaliseFunction } from './normalise-function.js';
import { IRRELEVANT } from './rules/irrelevant.js';
import { OUT_OF_MEMORY } from './rules/out-of-memory.js';
import { PREFIX } from './rules/prefix.js';
import { SENTINEL } from './rules/sentinel.js';
import { SYSTEM_MODULES } from './rules/system-module.js';
import { signatureOf } from './signature-of.js';

const modules = [
  { name: 'relay.exe', debug_id: 'AEC25E4BA8C55BC467CAF51DA65B5EF20' },
  { name: 'KERNELBASE.dll', debug_id: null },
  { name: null, debug_id: 'DDC25E4BA8C55BC467CAF51DA65B5EF20' },
].map((it) => LenientModule.parse({ version: null, debug_file: null, code_id: null, symbols_loaded: false, ...it }));

type Place = string | { readonly module: number; readonly offset: string } | { readonly outside: true };

const threadOf = (places: readonly Place[], trust = 'cfi', inlines: readonly string[] = []): LenientThread =>
  LenientThread.parse({
    index: 2,
    id: 1,
    name: null,
    frames: places.map((place, index) =>
      frameOf(place, index, index === 0 ? 'context' : trust, index === 0 ? inlines : []),
    ),
    frames_withheld: 0,
    truncated: false,
  });

function frameOf(place: Place, index: number, trust: string, inlines: readonly string[]): LenientFrame {
  const module = typeof place === 'string' ? 0 : 'module' in place ? place.module : null;
  return LenientFrame.parse({
    index,
    module: module === null ? null : (modules[module]?.name ?? null),
    module_index: module,
    module_offset: typeof place === 'object' && 'offset' in place ? place.offset : null,
    function: typeof place === 'string' ? place : null,
    mangled: null,
    file: null,
    line: null,
    trust,
    inlines: inlines.map((it) => ({ function: it, mangled: null, file: null, line: null })),
    unloaded_modules: [],
  });
}

const reasonOf = (text: string | null) => (text === null ? null : ScreenedTextWire.parse(text));

const sign = (places: readonly Place[], reason: string | null = null): string =>
  signatureOf({ thread: threadOf(places), modules, reason: reasonOf(reason) }).text;

describe('the place of a crash', () => {
  test('is the first frame that is neither irrelevant nor a prefix, with the prefixes before it', () => {
    expect(sign(['raise', 'abort', 'free', 'Table::drop', 'main'])).toBe('abort | free | Table::drop');
  });

  test('says of each part why it is there', () => {
    const { why } = signatureOf({ thread: threadOf(['raise', 'abort', 'Table::drop']), modules, reason: null });
    expect(why).toEqual([
      { why: 'prefix', thread: 2, frame: 1 },
      { why: 'function', thread: 2, frame: 2 },
    ]);
  });

  test('begins at a sentinel, whatever handlers did after it', () => {
    expect(sign(['nanosleep', 'handler', '_purecall', 'Shape::area', 'main'])).toBe('_purecall | Shape::area');
  });

  test('counts inlines before the frame that holds them', () => {
    const thread = threadOf(['Table::find(int)', 'main'], 'cfi', [
      'std::vector<int>::operator[](unsigned long)',
      'Slot::get() const',
    ]);
    expect(signatureOf({ thread, modules, reason: null }).text).toBe('std::vector<T>::operator[] | Slot::get');
  });

  test('is module, offset and build where there is no symbol', () => {
    expect(sign([{ module: 0, offset: '0x0000000000001a2b' }])).toBe('relay.exe@0x1a2b (AEC25E4B)');
    expect(sign([{ module: 2, offset: '0x0000000000000000' }])).toBe('(module withheld)@0x0 (DDC25E4B)');
  });

  test('names a system library once and without offset', () => {
    const system = { module: 1, offset: '0x0000000000000010' };
    expect(sign([system, system, { module: 0, offset: '0x0000000000000020' }])).toBe(
      'KERNELBASE.dll | relay.exe@0x20 (AEC25E4B)',
    );
  });

  test('does not move with guesses', () => {
    const sure = signatureOf({ thread: threadOf(['abort', 'f']), modules, reason: null }).text;
    const thread = threadOf(['abort', 'f']);
    const [first, ...rest] = thread.frames;
    const frames = [first, { ...frameOf('guess', 9, 'scan', []) }, ...rest].filter((it) => it !== undefined);
    expect(signatureOf({ thread: { ...thread, frames }, modules, reason: null }).text).toBe(sure);
  });

  test('of only irrelevant frames is the first of them, with the reason', () => {
    expect(sign(['raise', 'start_thread'], 'SIGABRT')).toBe('SIGABRT | raise');
  });
});

describe('the reason of a crash', () => {
  test.each([
    ['EXCEPTION_STACK_OVERFLOW', 'stack overflow | f'],
    ['EXCEPTION_IN_PAGE_ERROR_READ / STATUS_DEVICE_DATA_ERROR', 'bad hardware | f'],
    ['STATUS_NO_MEMORY', 'out of memory | f'],
    ['SIGSEGV / SEGV_MAPERR', 'f'],
  ])('%s: %s', (reason, signature) => {
    expect(sign(['f'], reason)).toBe(signature);
  });

  test('an allocation that failed shows in its function too', () => {
    expect(sign(['abort', 'rust_oom', 'f'])).toBe('out of memory | abort | rust_oom | f');
  });

  test('stands where there are no frames', () => {
    expect(sign([{ outside: true }], 'SIGSEGV')).toBe('SIGSEGV | no frames');
    expect(signatureOf({ thread: null, modules, reason: null }).text).toBe('no frames');
  });
});

test('a signature is at most 255 characters and never half a pair of surrogates', () => {
  for (let i = 240; i < 260; i++) {
    const { text } = signatureOf({ thread: threadOf([`${'x'.repeat(i)}𝔘𝔘𝔘𝔘𝔘𝔘𝔘𝔘`]), modules, reason: null });
    expect(text.length).toBeLessThanOrEqual(255);
    expect(text).toMatch(/^x+(?:𝔘)*(?:\.\.\.)?$/u);
  }
});

test.each([
  ['bool A<int, B<char>>::f(char const*) const [clone .isra.0] [clone .cold]', 'A<T>::f'],
  ['do_ill.cold', 'do_ill'],
  ['auto ns::g()::{lambda(int)#1}::operator()(int) const', 'ns::g::{lambda}::operator()'],
  ['-[Reader(Private) readBytes:length:]', '-[Reader readBytes:length:]'],
  ['__31-[Reader readBytes:length:]_block_invoke_2', '-[Reader readBytes:length:] block'],
  ['relay::conn::Table::find_mut::h0123456789abcdef', 'relay::conn::Table::find_mut'],
  ['<relay::A as core::fmt::Debug>::fmt::h0123456789abcdef', '<relay::A as core::fmt::Debug>::fmt'],
  ['_RNvNtCsjrHSEGnQ3l9_5relay4conn4find', '_RNvNtC5relay4conn4find'],
  ['()', '()'],
])('%s is %s', (name, normalised) => {
  expect(normaliseFunction({ function: name, mangled: null, file: null })).toBe(normalised);
});

test('each rule compiles alone and says its reason', () => {
  for (const rule of [...IRRELEVANT, ...PREFIX, ...SENTINEL, ...OUT_OF_MEMORY, ...SYSTEM_MODULES]) {
    expect(() => new RegExp(`^(?:${rule.match})$`), rule.match).not.toThrow();
    expect(rule.reason).not.toBe('');
  }
});

test('hostile names do not hold the rules up', () => {
  for (const name of [
    '<'.repeat(4096),
    '('.repeat(4096),
    ' '.repeat(4096),
    '[clone '.repeat(585),
    'partition_alloc::OnNo'.repeat(190),
  ]) {
    expect(sign([name]).length).toBeLessThanOrEqual(255);
  }
});
