import { expect, test } from 'vitest';
import { reportMarkdown, reportText } from './report-text.js';
import { frame, report, thread } from './report.testbed.js';

const LINK = 'http://localhost:8080/reports/0193f2c8';

test('plain text: facts, then the crashing thread with what is doubtful marked', () => {
  const inlines = [{ function: 'as_live', mangled: null, file: 'src/slot.rs', line: 58 }];
  const frames = [
    frame(0, { function: 'find_mut', file: 'src/table.rs', line: 214, inlines, trust: 'context' }),
    frame(1, { function: null, trust: 'scan' }),
  ];
  const text = reportText(report({ threads: [thread(0, frames, { frames_withheld: 2, truncated: true })] }), LINK);
  expect(text.split('\n')).toEqual([
    'relay::Table::find_mut',
    'SIGSEGV / SEGV_MAPERR at null+0x18, relay 4.18.2 stable, Linux 6.8.0 amd64, 2026-11-22T14:02:11.000Z',
    '',
    'Thread 0, crashed',
    '    as_live  [inlined]  src/slot.rs:58',
    '#0  find_mut  src/table.rs:214  app+0x1000',
    '#1  app+0x1001  (scan)',
    '    2 more found by scanning, counted and not shown',
    '    the stack goes on',
    '',
    LINK,
    'Memory, registers and annotations stay sealed in Crashkeep.',
    '',
  ]);
});

test('without a crashing thread the first one is told, without any that is said', () => {
  expect(reportText(report({ crashing_thread: null }), LINK)).toContain('\nThread 0\n');
  expect(reportText(report({ threads: [] }), LINK)).toContain('No thread could be walked.');
});

test('Markdown is the shared one, with a link to the rest', () => {
  const text = reportMarkdown(report({ signature: 'a`b' }), LINK);
  expect(text).toContain('``a`b``');
  expect(text.trimEnd().split('\n').at(-1)).toBe(`[The report in Crashkeep](${LINK})`);
});
