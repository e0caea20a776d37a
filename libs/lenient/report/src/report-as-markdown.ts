import type { LenientFrame, LenientReport, LenientThread } from './lenient-report.js';

/** Frames of the crashing thread that are copied; a bug needs no more. */
const FRAMES_COPIED = 40;

/**
 * A report as Markdown for a bug tracker: safe because a report is, and written so that no name in it can become markup, a link
 * or a mention: every text of it stands in a code span or a fenced block.
 */
export function reportAsMarkdown(report: LenientReport): string {
  return [
    `### ${span(report.signature)}`,
    '',
    ...factLines(report),
    '',
    ...threadLines(report),
    '',
    withheldLine(report),
    '',
  ].join('\n');
}

function factLines(report: LenientReport): string[] {
  const product = joined([report.product, report.version, report.channel]);
  const system = joined([report.os, report.os_version, report.cpu]);
  const facts: [string, string | null][] = [
    ['Report', report.id],
    ['Product', product],
    ['System', system],
    ['Reason', report.crash_reason],
    ['Address', report.crash_address],
    ['Cause', report.probable_cause?.cause ?? null],
    ['Instruction', instructionText(report)],
    ['Received', new Date(report.received_at * 1000).toISOString()],
  ];
  return facts.flatMap(([name, value]) => (value === null ? [] : [`- ${name}: ${span(value)}`]));
}

/** `mov rax, qword ptr [rdi + 0x18]  rax: other, rdi: null`. */
function instructionText({ instruction }: LenientReport): string | null {
  if (instruction === null) return null;
  const registers = instruction.registers.map(({ name, class: held }) => `${name}: ${held}`).join(', ');
  return registers === '' ? instruction.text : `${instruction.text}  ${registers}`;
}

function threadLines(report: LenientReport): string[] {
  const thread = report.crashing_thread === null ? undefined : report.threads[report.crashing_thread];
  if (thread === undefined) return ['No crashing thread is known.'];
  const lines = thread.frames.slice(0, FRAMES_COPIED).flatMap(frameLines);
  const rest = thread.frames.length - FRAMES_COPIED;
  if (rest > 0) lines.push(`… ${String(rest)} more`);
  const fence = fenceFor(lines);
  return [threadTitle(thread), '', `${fence}text`, ...lines, fence];
}

function threadTitle(thread: LenientThread): string {
  const name = thread.name === null ? '' : ` ${span(thread.name)}`;
  return `Thread ${String(thread.index)}${name} crashed:`;
}

function frameLines(frame: LenientFrame): string[] {
  const number = String(frame.index).padStart(2);
  const inlines = frame.inlines.map((it) => `${number}  ${it.function ?? '(no name)'}${place(it)} [inlined]`);
  const at = frame.module_offset === null ? '' : `+${shortHex(frame.module_offset)}`;
  const module = frame.module_index === null ? '(outside every module)' : `${frame.module ?? '(module withheld)'}${at}`;
  const name = frame.function === null ? module : `${frame.function}${place(frame)} (${module})`;
  return [...inlines, `${number}  ${name} [${frame.trust}]`];
}

function place(at: { readonly file: string | null; readonly line: number | null }): string {
  if (at.file === null) return '';
  return at.line === null ? ` at ${at.file}` : ` at ${at.file}:${String(at.line)}`;
}

function withheldLine(report: LenientReport): string {
  const kinds = report.withheld.filter((it) => it.count > 0).map((it) => it.kind);
  return kinds.length === 0 ? 'Nothing was withheld.' : `Withheld by Crashkeep: ${kinds.join(', ')}.`;
}

const joined = (parts: readonly (string | null)[]): string | null => {
  const known = parts.filter((it) => it !== null);
  return known.length === 0 ? null : known.join(' ');
};

const shortHex = (padded: string): string => padded.replace(/^0x0*(?=[0-9a-f])/, '0x');

const longestTicks = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map((it) => it.length));

/** A code span that no backtick of the text can close: CommonMark 6.1. */
function span(text: string): string {
  const ticks = '`'.repeat(longestTicks(text) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${ticks}${pad}${text}${pad}${ticks}`;
}

const fenceFor = (lines: readonly string[]): string =>
  '`'.repeat(Math.max(3, ...lines.map((it) => longestTicks(it) + 1)));
