import type { LenientReport, WithheldKind } from '@crashkeep/report';
import { type IconName, formatBytes, formatCount, formatCounted } from '@crashkeep/ui';

export interface WithheldRow {
  readonly kind: WithheldKind;
  readonly icon: IconName;
  readonly what: string;
  /** How much of it. */
  readonly amount: string | null;
  readonly why: string;
}

type Words = Pick<WithheldRow, 'icon' | 'what' | 'why'>;

export const WITHHELD_WORDS: Readonly<Record<WithheldKind, Words>> = {
  memory: { icon: 'layers', what: 'Memory', why: 'Stacks and heap can hold your customers’ keys and data.' },
  registers: { icon: 'hash', what: 'Registers', why: 'Each one is 8 bytes straight from the program.' },
  'fault-address': { icon: 'target', what: 'Fault address', why: 'The exact value may be data, so you see its class.' },
  annotations: {
    icon: 'text',
    what: 'Annotations',
    why: 'Your program wrote them. Only what a project declares is shown.',
  },
  attachments: { icon: 'text', what: 'Attachments', why: 'Logs and screenshots may hold what a user typed or saw.' },
  'thread-names': { icon: 'list', what: 'Thread names', why: 'The program chose them, and they match no known name.' },
  'scanned-frames': {
    icon: 'eye-off',
    what: 'Scanned frames',
    why: 'No symbol names them, so they may be data. Counted only.',
  },
  'module-paths': { icon: 'braces', what: 'Module paths', why: 'Folders carry user names. You see the last part.' },
  'command-line': { icon: 'terminal', what: 'Command line', why: 'Passwords and tokens are often passed there.' },
  environment: { icon: 'terminal', what: 'Environment', why: 'Variables are where credentials usually live.' },
  'assertion-text': { icon: 'text', what: 'Assertion text', why: 'It is put together at run time and may quote data.' },
  'unfit-text': {
    icon: 'text',
    what: 'Names that do not look like names',
    why: 'A name that could be a token or holds odd characters stays closed.',
  },
  'frames-over-cap': {
    icon: 'list',
    what: 'Frames past the limit',
    why: 'A report holds 1,024 frames a thread. The deepest are cut.',
  },
  'user-streams': { icon: 'layers', what: 'Own streams', why: 'Your program wrote them in a form that only it knows.' },
};

/** What is in the dump and not in this report, with the reason for each. */
export function withheldRows(
  report: Pick<LenientReport, 'withheld' | 'crash_address'>,
  dumpBytes: number,
): readonly WithheldRow[] {
  return report.withheld.map(({ kind, count }) => ({
    kind,
    ...WITHHELD_WORDS[kind],
    amount: amountOf(kind, count, report.crash_address, dumpBytes),
  }));
}

function amountOf(kind: WithheldKind, count: number, address: string | null, dumpBytes: number): string | null {
  switch (kind) {
    case 'memory':
      return `a dump of ${formatBytes(dumpBytes)}`;
    case 'registers':
      return formatCounted(count, 'thread');
    case 'fault-address':
      return address === null ? null : `shown as ${address}`;
    case 'command-line':
    case 'environment':
    case 'assertion-text':
      return null;
    default:
      return formatCount(count);
  }
}
