import type { LenientFrame, RegisterClass } from '@crashkeep/report';
import { splitFunction } from '@crashkeep/ui';
import { foldFrames } from './fold-frames.js';
import { frameName, innermost, shortName, sourceOf } from './frame-name.js';
import { causeRules, lateCauseRules } from './explain-cause.js';
import type { Explanation, Facts, Rule, Words } from './explanation.js';
import { firstOwnFrame } from './runtime-frames.js';

/**
 * Why it probably crashed, from the report's classes alone; nobody opens a dump for it. Null where they prove nothing:
 * silence is better than a guess that sends people the wrong way.
 */
export function explainCrash(report: Facts): Explanation | null {
  const frames = report.threads.find(({ index }) => index === report.crashing_thread)?.frames ?? [];
  const found = RULES.map((rule) => rule(report, frames)).find((explanation) => explanation !== null) ?? null;
  if (found === null) return null;
  return { ...found, evidence: [...found.evidence, ...instructionEvidence(report.instruction), ...ownFrame(frames)] };
}

const RULES: readonly Rule[] = [
  ...causeRules,
  runOutOfStack,
  nullCall,
  nullPointer,
  damagedHeap,
  uncaught,
  panic,
  ended,
  wildPointer,
  trap,
  byZero,
  fileGone,
  ...lateCauseRules,
];

function runOutOfStack({ crash_address_class: kind }: Facts, frames: readonly LenientFrame[]): Explanation | null {
  const repeat = foldFrames(frames).find((row) => row.kind === 'repeat');
  if (kind !== 'stack' || repeat?.kind !== 'repeat') return null;
  const names = repeat.frames.slice(0, repeat.cycle).map((frame) => ({ code: shortName(frame) }));
  return {
    lead: [
      'The stack ran out: ',
      ...between(names, ' and '),
      repeat.cycle === 1 ? ' calls itself' : ' call each other',
      ' without an end.',
    ],
    evidence: [
      { figure: `× ${String(repeat.times)}`, words: ['The same calls stand on the stack again and again.'] },
      { figure: 'stack', words: ['The fault address lies at the edge of this thread’s own stack.'] },
    ],
    sure: 'strong',
  };
}

function nullCall(
  { crash_address: address, crash_address_class: kind }: Facts,
  frames: readonly LenientFrame[],
): Explanation | null {
  const [top, caller] = frames;
  if (kind !== 'null' || address === null || top === undefined || top.module_index !== null) return null;
  return {
    lead: [
      'The program called a function through a null pointer',
      ...(caller === undefined ? ['.'] : [', from ', { code: shortName(caller) }, '.']),
    ],
    evidence: [{ figure: address, words: ['The thread itself stood at this address, where no code is.'] }],
    sure: 'strong',
  };
}

function nullPointer(report: Facts, [top]: readonly LenientFrame[]): Explanation | null {
  const { crash_address: address, crash_address_class: kind } = report;
  if (kind !== 'null' || address === null || top === undefined || !isAccessFault(report) || isGeneralFault(report))
    return null;
  const offset = address.startsWith('null+') ? address.slice('null+'.length) : null;
  const lead: Words =
    offset === null
      ? [{ code: shortName(top) }, ' used a pointer that was null.']
      : [{ code: shortName(top) }, ` used a pointer that was null: it reached for what lies ${offset} behind it.`];
  const words =
    offset === null
      ? 'The fault address is null.'
      : `The fault address is null plus ${offset}: a member or an element, not the pointer itself.`;
  return { lead, evidence: [{ figure: address, words: [words] }], sure: 'strong' };
}

/** The CPU refused an access. A signal that was sent has an address too, and it means nothing. */
function isAccessFault({ crash_reason: reason }: Facts): boolean {
  return (
    reason !== null &&
    /SIGSEGV|SIGBUS|ACCESS_VIOLATION|EXC_BAD_ACCESS/u.test(reason) &&
    !/SI_USER|SI_TKILL/u.test(reason)
  );
}

/** Linux on amd64 tells an address that no CPU can have as SI_KERNEL with address 0. */
function isGeneralFault({ crash_reason: reason }: Facts): boolean {
  return reason?.includes('SI_KERNEL') === true;
}

const aborted = ({ crash_reason: reason }: Facts): boolean =>
  reason !== null && /SIGABRT|FAST_FAIL|abort/iu.test(reason);

function damagedHeap(report: Facts, frames: readonly LenientFrame[]): Explanation | null {
  const check = named(
    frames,
    /^(?:malloc_printerr|_int_free|__libc_free|free_tiny.*|malloc_zone_error|RtlReportCriticalFailure)$/u,
  );
  if (!aborted(report) || check === null) return null;
  return {
    lead: [
      'The heap was damaged before this point: the allocator noticed, and ended the program. A block was probably freed twice or written past its end.',
    ],
    evidence: [
      { figure: `#${String(check.index)}`, words: [{ code: shortName(check) }, ' is the allocator’s own check.'] },
    ],
    sure: 'fair',
  };
}

function uncaught(report: Facts, frames: readonly LenientFrame[]): Explanation | null {
  const terminate = named(frames, /terminate|rethrow_exception|__cxa_throw/u);
  if (!aborted(report) || terminate === null) return null;
  return {
    lead: ['A C++ exception was thrown that nobody caught, so the program was ended.'],
    evidence: [
      {
        figure: `#${String(terminate.index)}`,
        words: [{ code: shortName(terminate) }, ' is what the runtime calls then.'],
      },
    ],
    sure: 'fair',
  };
}

function panic(report: Facts, frames: readonly LenientFrame[]): Explanation | null {
  const place = named(frames, /rust_panic|core::panicking|panic_fmt|begin_panic|std7process5abort|abort_internal/u);
  if (!aborted(report) || place === null) return null;
  return {
    lead: [
      'The program panicked: a Rust check failed, and panics end this program. The message stays sealed, since it may quote data.',
    ],
    evidence: [
      { figure: `#${String(place.index)}`, words: [{ code: shortName(place) }, ' is the panic on its way out.'] },
    ],
    sure: 'strong',
  };
}

function ended(report: Facts, frames: readonly LenientFrame[]): Explanation | null {
  const abort = named(frames, /^abort$/u);
  if (!aborted(report) || abort === null) return null;
  return {
    lead: [
      'The program ended itself: it called ',
      { code: 'abort' },
      '. A check in it failed; the message, if any, stays sealed.',
    ],
    evidence: [{ figure: `#${String(abort.index)}`, words: [{ code: 'abort' }, ' stands on the stack.'] }],
    sure: 'strong',
  };
}

function wildPointer(report: Facts, [top]: readonly LenientFrame[]): Explanation | null {
  const wild = report.crash_address_class === 'non-canonical' || isGeneralFault(report);
  if (!wild || top === undefined || !isAccessFault(report)) return null;
  return {
    lead: [
      { code: shortName(top) },
      ' used a pointer that cannot be one. Its memory was probably freed or overwritten before.',
    ],
    evidence: [
      { figure: 'address', words: ['The fault address is not one that this CPU can have. Its value stays sealed.'] },
    ],
    sure: 'fair',
  };
}

function trap({ crash_reason: reason }: Facts, [top]: readonly LenientFrame[]): Explanation | null {
  if (reason === null || top === undefined || !/SIGTRAP|SIGILL|BREAKPOINT|ILLEGAL_INSTRUCTION/u.test(reason))
    return null;
  return {
    lead: [
      { code: shortName(top) },
      ' ran into a trap. Compilers and checks put one where the program must not go on.',
    ],
    evidence: [
      {
        figure: reason.split(' ')[0] ?? reason,
        words: ['This signal comes from an instruction, not from a bad address.'],
      },
    ],
    sure: 'fair',
  };
}

function byZero({ crash_reason: reason }: Facts, [top]: readonly LenientFrame[]): Explanation | null {
  if (reason === null || top === undefined || !/FPE_INTDIV|INT_DIVIDE_BY_ZERO/u.test(reason)) return null;
  return {
    lead: [{ code: shortName(top) }, ' divided a whole number by zero.'],
    evidence: [{ figure: 'SIGFPE', words: ['The CPU itself says so.'] }],
    sure: 'strong',
  };
}

function fileGone({ crash_reason: reason }: Facts, [top]: readonly LenientFrame[]): Explanation | null {
  if (reason === null || top === undefined || !/BUS_ADRERR|IN_PAGE_ERROR/u.test(reason)) return null;
  return {
    lead: [
      { code: shortName(top) },
      ' read a mapped file beyond its end. The file probably became shorter while it was mapped.',
    ],
    evidence: [{ figure: 'SIGBUS', words: ['The address is mapped, and nothing stands behind it.'] }],
    sure: 'fair',
  };
}

/** The instruction, and what its registers held: classes, never values. */
function instructionEvidence(instruction: Facts['instruction']): Explanation['evidence'] {
  if (instruction === null) return [];
  const held = instruction.registers.map(({ name, class: kind }, index) => [
    index === 0 ? ': ' : ', ',
    { code: name },
    ` ${REGISTER_WORDS[kind]}`,
  ]);
  return [{ figure: 'code', words: [{ code: instruction.text }, ...held.flat(), '.'] }];
}

const REGISTER_WORDS: Readonly<Record<RegisterClass, string>> = {
  null: 'was null',
  small: 'was a small number',
  stack: 'pointed into a stack',
  module: 'pointed into a module',
  poison: 'held a fill pattern of freed or fresh memory',
  'non-canonical': 'held no address that this CPU can have',
  other: 'held something else',
};

/** The highest frame that the program's own people wrote. */
function ownFrame(frames: readonly LenientFrame[]): Explanation['evidence'] {
  const own = firstOwnFrame(frames);
  if (own === null) return [];
  const source = sourceOf(innermost(own)) ?? sourceOf(own);
  const name = innermost(own).function ?? frameName(own);
  const tail = ` is the highest place of your own${source === null ? '.' : `, at ${source}.`}`;
  return [{ figure: `#${String(own.index)}`, words: [{ code: pathAndName(name) }, tail] }];
}

function pathAndName(name: string): string {
  const { path, name: last } = splitFunction(name);
  return path + last;
}

function named(frames: readonly LenientFrame[], pattern: RegExp): LenientFrame | null {
  return frames.find(({ function: name }) => name !== null && pattern.test(name)) ?? null;
}

function between(words: Words, joint: string): Words {
  return words.flatMap((word, index) => (index === 0 ? [word] : [joint, word]));
}

/** For the last line of the list; the number stands before it. */
export function groupEvidence(count: number): string {
  return count === 1 ? 'report has this signature so far: this one.' : 'reports have this signature.';
}
