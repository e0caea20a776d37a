import { type LenientFrame, type LenientReport, type LenientThread, reportAsMarkdown } from '@crashkeep/report';
import { trustOf } from '@crashkeep/ui';
import { frameName, framePlace, sourceOf } from './frame-name.js';
import { osWord } from './words.js';

/** What is copied into a bug: the safe half of a crash and nothing else, with a link to the rest. */
export function reportMarkdown(report: LenientReport, link: string): string {
  return `${reportAsMarkdown(report)}\n[The report in Crashkeep](${link})\n`;
}

export function reportText(report: LenientReport, link: string): string {
  const crashed = report.threads.find(({ index }) => index === report.crashing_thread);
  const thread = crashed ?? report.threads[0];
  return [
    report.signature,
    factLine(report),
    '',
    ...(thread === undefined ? ['No thread could be walked.'] : threadText(thread, crashed !== undefined)),
    '',
    link,
    'Memory, registers and annotations stay sealed in Crashkeep.',
    '',
  ].join('\n');
}

function factLine(report: LenientReport): string {
  const known = (words: readonly (string | null)[], joint: string): string | null => {
    const said = words.filter((word) => word !== null && word !== '');
    return said.length === 0 ? null : said.join(joint);
  };
  return (
    known(
      [
        known([report.crash_reason, report.crash_address], ' at '),
        known([report.product, report.version, report.channel], ' '),
        known([osWord(report.os), report.os_version, report.cpu], ' '),
        new Date(report.received_at * 1000).toISOString(),
      ],
      ', ',
    ) ?? ''
  );
}

function threadText(thread: LenientThread, crashed: boolean): readonly string[] {
  const { index, frames, frames_withheld: withheld, truncated } = thread;
  return [
    `Thread ${String(index)}${crashed ? ', crashed' : ''}`,
    ...frames.flatMap(frameText),
    ...(withheld > 0 ? [`    ${String(withheld)} more found by scanning, counted and not shown`] : []),
    ...(truncated ? ['    the stack goes on'] : []),
  ];
}

function frameText(frame: LenientFrame): string[] {
  const number = `#${String(frame.index)}`.padEnd(4);
  const inlines = frame.inlines.map(
    (inline) => `    ${inline.function ?? 'unknown'}  [inlined]${beside(sourceOf(inline))}`,
  );
  const { bars, word } = trustOf(frame.trust);
  const where = beside(frame.function === null ? null : framePlace(frame));
  return [...inlines, `${number}${frameName(frame)}${beside(sourceOf(frame))}${where}${bars < 3 ? `  (${word})` : ''}`];
}

function beside(text: string | null): string {
  return text === null ? '' : `  ${text}`;
}
