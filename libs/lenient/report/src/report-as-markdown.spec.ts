import { expect, test } from 'vitest';
import { LenientReport, reportAsMarkdown } from './index.js';

const frame = {
  index: 0,
  module: 'libfoo.so',
  module_index: 0,
  module_offset: '0x0000000000001234',
  function: 'Foo::bar(int)',
  mangled: null,
  file: 'src/foo.cc',
  line: 12,
  trust: 'context',
  inlines: [{ function: 'inner', mangled: null, file: null, line: null }],
  unloaded_modules: [],
};

const reportWith = (changes: object): LenientReport =>
  LenientReport.parse({
    schema: 1,
    id: '0b2f6d1e-8f39-4c76-9d3a-3d0e6c1b2a4f',
    format: 'minidump',
    product: 'App',
    version: '1.2',
    channel: null,
    received_at: 1_700_000_000,
    crashed_at: null,
    uptime: null,
    os: 'linux',
    os_version: null,
    cpu: 'amd64',
    cpu_info: null,
    cpu_count: null,
    crash_reason: 'SIGSEGV / SEGV_MAPERR',
    crash_address: 'null+0x18',
    crash_address_class: 'null',
    crashing_thread: 0,
    threads: [{ index: 0, id: 1, name: null, frames: [frame], frames_withheld: 0, truncated: false }],
    modules: [],
    main_module: null,
    unloaded_modules: [],
    signature: 'Foo::bar',
    signature_algorithm: 1,
    signature_why: [],
    withheld: [{ kind: 'memory', count: 3 }],
    problems: [],
    ...changes,
  });

test('says what crashed, where and why', () => {
  expect(reportAsMarkdown(reportWith({}))).toBe(
    [
      '### `Foo::bar`',
      '',
      '- Report: `0b2f6d1e-8f39-4c76-9d3a-3d0e6c1b2a4f`',
      '- Product: `App 1.2`',
      '- System: `linux amd64`',
      '- Reason: `SIGSEGV / SEGV_MAPERR`',
      '- Address: `null+0x18`',
      '- Received: `2023-11-14T22:13:20.000Z`',
      '',
      'Thread 0 crashed:',
      '',
      '```text',
      ' 0  inner [inlined]',
      ' 0  Foo::bar(int) at src/foo.cc:12 (libfoo.so+0x1234) [context]',
      '```',
      '',
      'Withheld by Crashkeep: memory.',
      '',
    ].join('\n'),
  );
});

test('a name cannot close its code span or block, nor mention anyone outside of one', () => {
  const hostile = '``` @everyone [x](http://x) <img> ```` end`';
  const frames = [{ ...frame, function: hostile }];
  const threads = [{ index: 0, id: 1, name: null, frames, frames_withheld: 0, truncated: false }];
  const text = reportAsMarkdown(reportWith({ signature: hostile, product: hostile, threads }));
  const fence = /^(`{5,})text\n[\s\S]*?\n\1$/m.exec(text);
  expect(fence?.[0]).toContain(hostile);
  const outside = text.replace(/^(`{5,})text\n[\s\S]*?\n\1$/m, '').replace(/(`{5,}) [\s\S]*? \1/g, '');
  expect(outside).not.toMatch(/@everyone|<img>|http/);
});

test('without a crashing thread it says so', () => {
  expect(reportAsMarkdown(reportWith({ crashing_thread: null }))).toContain('No crashing thread is known.');
});
