import type { LenientFrame, LenientReport } from '@crashkeep/report';

/** What kinds of names reports are searched by. `frame`: a frame without a function; `missing`: a module of the stack without symbols. */
export const WORD_KINDS = [
  'module',
  'function',
  'frame',
  'file',
  'debug_id',
  'code_id',
  'missing',
  'thread',
  'cpu_info',
  'problem',
  'withheld',
] as const;
export type WordKind = (typeof WORD_KINDS)[number];

export interface Word {
  readonly kind: WordKind;
  readonly text: string;
}

export interface ReportWords {
  readonly words: readonly Word[];
  /** The crashing stack, innermost first: functions, inlined ones before what they are in; a frame without one by its place. */
  readonly stack: readonly Word[];
}

/** Entries of a stack that are kept, and modules that are searched by. */
const STACK_MAX = 48;
const MODULES_MAX = 512;
/** UTF-16 units: a longer name is found by its beginning. */
export const WORD_MAX = 512;

/** The names that a report is found by. Only of its crashing thread; without one, of its first. */
export function wordsOf(report: LenientReport): ReportWords {
  const thread = report.threads[report.crashing_thread ?? 0];
  const frames = thread?.frames ?? [];
  const stack = frames.flatMap(entriesOf).slice(0, STACK_MAX);
  const found: Word[] = [...stack, ...report.modules.slice(0, MODULES_MAX).flatMap(ofModule)];
  for (const frame of frames.slice(0, STACK_MAX)) found.push(...filesOf(frame), ...missingOf(frame, report));
  if (thread?.name != null) found.push(word('thread', thread.name));
  if (report.cpu_info !== null) found.push(word('cpu_info', report.cpu_info));
  for (const problem of report.problems) found.push(word('problem', problem));
  for (const { kind } of report.withheld) found.push(word('withheld', kind));
  return { words: [...new Map(found.map((it) => [keyOf(it), it])).values()], stack };
}

export const keyOf = ({ kind, text }: Word): string => `${kind} ${text}`;

/** A surrogate pair is not cut in two. */
const word = (kind: WordKind, text: string): Word => ({
  kind,
  text: text.length > WORD_MAX ? text.slice(0, WORD_MAX).replace(/[\uD800-\uDBFF]$/, '') : text,
});

function entriesOf(frame: LenientFrame): Word[] {
  const inlined = frame.inlines.flatMap((it) => (it.function === null ? [] : [word('function', it.function)]));
  return [...inlined, frame.function === null ? place(frame) : word('function', frame.function)];
}

function place({ module, module_offset: offset }: LenientFrame): Word {
  if (module === null) return word('frame', '(no module)');
  return word('frame', offset === null ? module : `${module} + ${offset.replace(/^0x0*(?=.)/, '0x')}`);
}

function ofModule(module: LenientReport['modules'][number]): Word[] {
  const { name, debug_id: debugId, code_id: codeId } = module;
  return [
    ...(name === null ? [] : [word('module', name)]),
    ...(debugId === null ? [] : [word('debug_id', debugId)]),
    ...(codeId === null ? [] : [word('code_id', codeId)]),
  ];
}

const filesOf = ({ file, inlines }: LenientFrame): Word[] =>
  [file, ...inlines.map((it) => it.file)].flatMap((it) => (it === null ? [] : [word('file', it)]));

function missingOf(frame: LenientFrame, report: LenientReport): Word[] {
  const module = frame.module_index === null ? undefined : report.modules[frame.module_index];
  return module?.name != null && !module.symbols_loaded ? [word('missing', module.name)] : [];
}
