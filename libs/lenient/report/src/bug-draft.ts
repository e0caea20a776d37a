import { z } from 'zod';
import type { LenientReport } from './lenient-report.js';
import { reportAsMarkdown } from './report-as-markdown.js';

/** Where a project's bugs live. `base` is the tracker's own page of the project. */
export const BugTracker = z.strictObject({
  kind: z.enum(['github', 'gitlab', 'jira', 'bugzilla']),
  base: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .refine((base) => !/[?#]/.test(base), 'tracker.base'),
  /** Jira: the number of the project. */
  project_id: z
    .string()
    .regex(/^\d{1,12}$/)
    .nullable(),
  /** Jira: the number of the type of issue. */
  issue_type: z
    .string()
    .regex(/^\d{1,12}$/)
    .nullable(),
  /** Bugzilla: product and component. */
  product: z.string().min(1).max(64).nullable(),
  component: z.string().min(1).max(64).nullable(),
});
export type BugTracker = z.infer<typeof BugTracker>;

/** Most servers take 8 KiB of request line; GitHub answers 414 above that. */
const ADDRESS_MAX = 7500;
const TITLE_MAX = 200;

/**
 * The address of a tracker's own form, filled in from a report: the person reads it there and sends it. It can say only what a
 * LenientReport says, and it is no longer than servers take: a text that is too long loses frames from its end, and says so.
 *
 * Sources: GitHub "Creating an issue from a URL query", GitLab "Create an issue: using a URL with prefilled values", Jira
 * "Creating issues via direct HTML links", Bugzilla enter_bug.cgi.
 */
export function bugDraft(report: LenientReport, tracker: BugTracker, link: string): string {
  const title = `Crash: ${report.signature}`.slice(0, TITLE_MAX);
  const body = `${reportAsMarkdown(report)}\n[The report in Crashkeep](${link})\n`;
  const lines = body.split('\n');
  for (let kept = lines.length; kept > 0; kept--) {
    const address = formAddress(report, tracker, title, shortened(lines, kept, link));
    if (address.length <= ADDRESS_MAX) return address;
  }
  return formAddress(report, tracker, title, link);
}

/** The first `kept` lines; a fence that was open is closed, and what is missing is said. */
function shortened(lines: readonly string[], kept: number, link: string): string {
  if (kept === lines.length) return lines.join('\n');
  const head = lines.slice(0, kept);
  const fence = head.map((line) => /^(`{3,})text$/.exec(line)?.[1]).find((found) => found !== undefined);
  const open = fence !== undefined && !head.includes(fence);
  return [...head, ...(open ? [fence] : []), '', `Shortened. [The whole report in Crashkeep](${link})`].join('\n');
}

function formAddress(report: LenientReport, tracker: BugTracker, title: string, body: string): string {
  const { path, fields } = FORMS[tracker.kind](report, tracker, title, body);
  const url = new URL(`${tracker.base.replace(/\/+$/, '')}${path}`);
  for (const [name, value] of Object.entries(fields)) if (value !== null) url.searchParams.set(name, value);
  return url.href;
}

interface Form {
  readonly path: string;
  readonly fields: Readonly<Record<string, string | null>>;
}

const FORMS: Readonly<
  Record<BugTracker['kind'], (report: LenientReport, tracker: BugTracker, title: string, body: string) => Form>
> = {
  github: (_report, _tracker, title, body) => ({ path: '/issues/new', fields: { title, body } }),
  gitlab: (_report, _tracker, title, body) => ({
    path: '/-/issues/new',
    fields: { 'issue[title]': title, 'issue[description]': body },
  }),
  jira: (_report, { project_id: pid, issue_type: issuetype }, summary, description) => ({
    path: '/secure/CreateIssueDetails!init.jspa',
    fields: { pid, issuetype, summary, description },
  }),
  // Crash Stats and Bugzilla find each other by this field: `[@ signature ]`.
  bugzilla: ({ signature }, { product, component }, title, comment) => ({
    path: '/enter_bug.cgi',
    fields: { product, component, short_desc: title, comment, cf_crash_signature: `[@ ${signature} ]` },
  }),
};
