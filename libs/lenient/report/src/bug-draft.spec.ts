import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BugTracker, LenientReport, bugDraft, reportAsMarkdown } from './index.js';

const LINK = 'https://crash.example/reports/0b2f6d1e-8f39-4c76-9d3a-3d0e6c1b2a4f';
const tracker = (facts: Partial<BugTracker>): BugTracker =>
  BugTracker.parse({
    kind: 'github',
    base: 'https://code.example/team/app',
    project_id: null,
    issue_type: null,
    product: null,
    component: null,
    ...facts,
  });

const reportWith = (frames: number, name = 'call'): LenientReport =>
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
    threads: [
      {
        index: 0,
        id: 1,
        name: null,
        frames: Array.from({ length: frames }, (_, index) => ({
          index,
          module: 'app',
          module_index: 0,
          module_offset: '0x0000000000001234',
          function: `${name}_${String(index)}`,
          mangled: null,
          file: null,
          line: null,
          trust: 'cfi',
          inlines: [],
          unloaded_modules: [],
        })),
        frames_withheld: 0,
        truncated: false,
      },
    ],
    modules: [],
    main_module: null,
    unloaded_modules: [],
    signature: `${name}_0`,
    signature_algorithm: 1,
    signature_why: [],
    withheld: [],
    problems: [],
  });

describe('bugDraft', () => {
  test('GitHub: title and body of its own form, with the report and a link to it', () => {
    const url = new URL(bugDraft(reportWith(3), tracker({}), LINK));
    expect(url.origin + url.pathname).toBe('https://code.example/team/app/issues/new');
    expect(url.searchParams.get('title')).toBe('Crash: call_0');
    expect(url.searchParams.get('body')).toBe(
      `${reportAsMarkdown(reportWith(3))}\n[The report in Crashkeep](${LINK})\n`,
    );
  });

  test('GitLab, Jira and Bugzilla: the fields that their forms read', () => {
    const names = (facts: Partial<BugTracker>): string[] => [
      ...new URL(bugDraft(reportWith(1), tracker(facts), LINK)).searchParams.keys(),
    ];
    expect(names({ kind: 'gitlab' })).toEqual(['issue[title]', 'issue[description]']);
    expect(names({ kind: 'jira', project_id: '10000', issue_type: '1' })).toEqual([
      'pid',
      'issuetype',
      'summary',
      'description',
    ]);
    expect(names({ kind: 'bugzilla', product: 'App', component: 'Core' })).toEqual([
      'product',
      'component',
      'short_desc',
      'comment',
      'cf_crash_signature',
    ]);
  });

  test('a text that servers would refuse is shortened, says so, and leaves no fence open', () => {
    const body = new URL(bugDraft(reportWith(40, 'n'.repeat(600)), tracker({}), LINK)).searchParams.get('body') ?? '';
    expect(body).toContain('Shortened.');
    expect(body).toContain(LINK);
    expect((body.match(/^```/gm) ?? []).length % 2).toBe(0);
  });

  test('never longer than servers take, and always an address of the tracker', () => {
    const name = fc.string({
      unit: fc.constantFrom('a', '`', '::', '%', '&', 'é', '日'),
      minLength: 1,
      maxLength: 900,
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), name, (frames, words) => {
        const address = bugDraft(reportWith(frames, words), tracker({}), LINK);
        expect(address.length).toBeLessThanOrEqual(7500);
        expect(address.startsWith('https://code.example/team/app/issues/new?')).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

test.each(['javascript:alert(1)', 'https://code.example/x?y=1', 'https://code.example/#x', 'ftp://code.example/'])(
  'a tracker is not %s',
  (base) => {
    expect(() => tracker({ base })).toThrow();
  },
);
