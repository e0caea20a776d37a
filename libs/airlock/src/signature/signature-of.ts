import {
  type LenientModule,
  type LenientReport,
  type LenientThread,
  type ScreenedText,
  ScreenedTextWire,
} from '@crashkeep/report';
import { mintScreenedText } from '@crashkeep/report/mint';
import { isIrrelevant } from './rules/irrelevant.js';
import { OUT_OF_MEMORY_REASONS, isOutOfMemory } from './rules/out-of-memory.js';
import { isPrefix } from './rules/prefix.js';
import { isSentinel } from './rules/sentinel.js';
import { type StackEntry, stackEntries } from './stack-entry.js';

/** Rises with every change that puts an old report into another group. */
export const SIGNATURE_ALGORITHM = 1;

const SIGNATURE_MAX = 255;
const JOIN = ' | ';
const NO_FRAMES = ScreenedTextWire.parse('no frames');

export interface Signature {
  readonly text: ScreenedText;
  readonly why: LenientReport['signature_why'];
}

/** Disclosed parts only: a signature stands in titles, alerts and bugs, so it is made of what a report shows anyway. */
export interface SignatureParts {
  readonly thread: LenientThread | null | undefined;
  readonly modules: readonly LenientModule[];
  readonly reason: ScreenedText | null;
}

type Part = { readonly text: string } & LenientReport['signature_why'][number];

const NO_FRAMES_PART: Part = { text: NO_FRAMES, why: 'no-frames', thread: null, frame: null };

/**
 * Which group a crash belongs to: from the first sentinel on, irrelevant frames left out, prefix frames kept, up to and with
 * the first frame that is neither.
 */
export function signatureOf(parts: SignatureParts): Signature {
  const entries = parts.thread ? stackEntries(parts.thread, parts.modules) : [];
  const chosen = chooseEntries(entries).map((it): Part => partOf(it, parts.thread?.index ?? null));
  const stack = chosen.length === 0 ? [NO_FRAMES_PART] : chosen;
  const all = [...partsOfReason(parts.reason, entries, isVague(stack)), ...stack];
  const text = cut(all.map((it) => it.text).join(JOIN));
  return { text, why: all.slice(0, 64).map(({ why, thread, frame }) => ({ why, thread, frame })) };
}

interface Chosen {
  readonly entry: StackEntry;
  readonly why: Part['why'];
}

function chooseEntries(entries: readonly StackEntry[]): Chosen[] {
  const first = Math.max(
    0,
    entries.findIndex((it) => isSentinel(it.name)),
  );
  const chosen: Chosen[] = [];
  for (const entry of entries.slice(first)) {
    if (isIrrelevant(entry.name) || isRepeatOf(chosen.at(-1), entry)) continue;
    const goesOn = entry.by === 'module' || isPrefix(entry.name);
    chosen.push({ entry, why: whyOf(entry, goesOn) });
    if (!goesOn) break;
  }
  const [only] = entries;
  return chosen.length === 0 && only ? [{ entry: only, why: only.by }] : chosen;
}

/** A library without symbols often fills several frames. */
const isRepeatOf = (last: Chosen | undefined, entry: StackEntry): boolean =>
  entry.by === 'module' && last?.entry.name === entry.name;

function whyOf(entry: StackEntry, goesOn: boolean): Part['why'] {
  if (isSentinel(entry.name)) return 'sentinel';
  return entry.by === 'function' && goesOn ? 'prefix' : entry.by;
}

const partOf = ({ entry, why }: Chosen, thread: number | null): Part => ({
  text: entry.name,
  why,
  thread,
  frame: entry.frame,
});

/** No part tells one bug from another: a library's name, or the bottom of every stack. */
const isVague = (stack: readonly Part[]): boolean =>
  stack.every((it) => it.why === 'module' || it.why === 'no-frames' || isIrrelevant(it.text));

/** What the reason says of the whole crash goes before its place, and a place that says little is not left alone. */
function partsOfReason(reason: ScreenedText | null, entries: readonly StackEntry[], vague: boolean): Part[] {
  const words = reason?.split(' / ') ?? [];
  const label = (text: string): Part[] => [{ text, why: 'reason', thread: null, frame: null }];
  if (words.includes('EXCEPTION_STACK_OVERFLOW')) return label('stack overflow');
  if (words.includes('STATUS_DEVICE_DATA_ERROR')) return label('bad hardware');
  if (words.some((it) => OUT_OF_MEMORY_REASONS.has(it)) || entries.some((it) => isOutOfMemory(it.name))) {
    return label('out of memory');
  }
  return vague && reason !== null ? label(reason) : [];
}

/** Names come screened, so what is cut stays printable; no pair of surrogates is left half. */
function cut(text: string): ScreenedText {
  const short =
    text.length <= SIGNATURE_MAX ? text : `${text.slice(0, SIGNATURE_MAX - 3).replace(/[\ud800-\udbff]$/, '')}...`;
  return mintScreenedText(short, SIGNATURE_MAX) ?? NO_FRAMES;
}
