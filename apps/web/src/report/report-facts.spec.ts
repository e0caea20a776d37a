import { expect, test } from 'vitest';
import type { DumpLife, ReportAnswer } from '../api/wire.js';
import { failureWords } from './failure-words.js';
import { lifeSteps } from './life-steps.js';
import { stagesReached } from './live-stages.js';
import { missingSymbols, moduleRows } from './module-rows.js';
import { frame, report, thread } from './report.testbed.js';
import { isRuntimeFrame } from './runtime-frames.js';
import { withheldRows } from './withheld-words.js';
import { osWord, shortId, shortOsVersion, splitReason, versionOrNull } from './words.js';

const inModule = (index: number, module_index: number): ReturnType<typeof frame> =>
  frame(index, { module_index, function: module_index === 1 ? null : 'f' });

test('modules on the crashing stack come first, then those on another', () => {
  const walked = report({ threads: [thread(0, [inModule(0, 1)]), thread(1, [inModule(0, 2)])] });
  expect(moduleRows(walked).map(({ module }) => module.name)).toEqual(['libnic.so', 'libidle.so', 'app']);
  expect(moduleRows(walked).map(({ onCrashingStack, onAnyStack }) => [onCrashingStack, onAnyStack])).toEqual([
    [true, true],
    [false, true],
    [false, false],
  ]);
});

test('the symbols that would help most are those of the highest nameless frame', () => {
  expect(missingSymbols(report({ threads: [thread(0, [inModule(0, 0), inModule(1, 1)])] }))?.name).toBe('libnic.so');
  expect(missingSymbols(report())).toBeNull();
});

test('what is withheld says how much and why', () => {
  const rows = withheldRows(
    report({
      withheld: [
        { kind: 'memory', count: 3 },
        { kind: 'registers', count: 1 },
        { kind: 'fault-address', count: 1 },
        { kind: 'annotations', count: 1200 },
        { kind: 'environment', count: 1 },
      ],
    }),
    327_155_712,
  );
  expect(rows.map(({ amount }) => amount)).toEqual([
    'a dump of 312 MB',
    '1 thread',
    'shown as null+0x18',
    '1,200',
    null,
  ]);
  expect(rows.every(({ why }) => why.endsWith('.'))).toBe(true);
});

const life: DumpLife = {
  received_at: '2026-11-22T14:02:11.204Z',
  walking_at: '2026-11-22T14:02:13.089Z',
  done_at: '2026-11-22T14:02:13.380Z',
  shredded_at: null,
  held_until: '2026-12-22T14:02:11.204Z',
  dump_bytes: 327_155_712,
  opened_bytes: 4_404_019,
  attachments: 0,
  annotations: 0,
  grants_open: 1,
  grants_ended: 3,
  screen: { state: 'complete', detectors: 1, critical: 0, high: 0, medium: 0, low: 0, info: 0 },
};

const steps = (facts: Partial<Pick<ReportAnswer, 'state' | 'failure' | 'life'>>): string[] =>
  lifeSteps({ state: 'done', failure: null, life, ...facts }, Date.UTC(2026, 10, 22), 'UTC').map(
    ({ time, what, detail }) =>
      [time, what, detail].filter((word): word is string => typeof word === 'string' && word !== '').join(' | '),
  );

test('a life from the POST to the shredding', () => {
  expect(steps({})).toEqual([
    '14:02:11 | Received | 312 MB',
    '14:02:11 | Sealed while it arrived',
    '14:02:13 | Walked in 291 ms | 4.2 MB of 312 MB opened',
    '4 grants to raw memory',
    '22 Dec | Raw dump is shredded',
  ]);
});

test('a life that is still going on, that failed, that is over', () => {
  const waiting = { ...life, walking_at: null, done_at: null };
  expect(steps({ state: 'queued', life: waiting })).toContain('Waits to be walked');
  expect(steps({ state: 'walking', life: { ...life, done_at: null } })).toContain('14:02:13 | Is being walked');
  expect(steps({ state: 'failed', failure: 'walk.timeout' })[2]).toContain('Walk failed | Walking took longer');
  expect(steps({ life: { ...life, shredded_at: '2026-12-01T00:00:00Z' } }).at(-1)).toBe(
    '1 Dec | Raw dump was shredded',
  );
});

test('stages tick off', () => {
  expect([null, 'queued', 'walking', 'failed', 'done'].map((state) => stagesReached(state as never))).toEqual([
    0, 2, 2, 2, 4,
  ]);
});

test('a failure that a newer server tells is still a sentence', () => {
  expect(failureWords('walk.timeout')).toContain('longer');
  expect(failureWords('walk.of-tomorrow')).toBe(failureWords(null));
});

test.each([
  ['libc.so.6', 'anything', true],
  ['ntdll.dll', null, true],
  ['libsystem_kernel.dylib', null, true],
  ['app', 'std::thread::local', true],
  ['app', '<core::option::Option<T>>::unwrap', true],
  ['app', '__libc_start_main', true],
  ['libcurl.so.4', 'curl_easy_perform', false],
  ['app', 'standard::check', false],
  ['app', 'aborted_transfers', false],
  [null, null, false],
])('%s %s: runtime is %s', (module, name, runtime) => {
  expect(isRuntimeFrame({ module, function: name } as never)).toBe(runtime);
});

test('words for closed vocabularies', () => {
  expect(osWord('mac')).toBe('macOS');
  expect(osWord('plan9')).toBe('unknown system');
  expect(splitReason('SIGSEGV / SEGV_MAPERR')).toEqual({ head: 'SIGSEGV', rest: 'SEGV_MAPERR' });
  expect(splitReason('SIGABRT')).toEqual({ head: 'SIGABRT', rest: '' });
  expect(shortOsVersion('6.18.44 -fc-v657 #1 SMP')).toBe('6.18.44');
  expect(shortOsVersion('6.8.0-48-generic')).toBe('6.8.0');
  expect(shortOsVersion(null)).toBe('');
  expect(versionOrNull('0.0.0.0')).toBeNull();
  expect(versionOrNull('4.0.0')).toBe('4.0.0');
  expect(shortId('49F6744A29752BD4B61262C76D7B1ADD0')).toBe('49F6744A…1ADD0');
});
