import { type ProcessSnapshot, registerClass, type ThreadContext } from '@crashkeep/snapshot';
import { REGISTER_NAMES } from '@crashkeep/symbols';
import type { WalkResult } from '../walk-result.js';

const known: ReadonlySet<string> = new Set(REGISTER_NAMES);
/** In cpsr. */
const THUMB = 0x20n;

/** The crashing thread's general registers as classes: what the airlock may show of those that the faulting instruction names. */
export function describeRegisters(snapshot: ProcessSnapshot): WalkResult['registers'] {
  const registers = crashedContext(snapshot)?.registers ?? new Map<string, bigint>();
  const named = [...registers].map(([name, value]): [string, bigint] => [wholeName(snapshot, name), value]);
  return [...new Map(named)]
    .filter(([name]) => known.has(name))
    .map(([name, value]): WalkResult['registers'][number] => [name, registerClass(snapshot, value)]);
}

export function isThumb(snapshot: ProcessSnapshot): boolean {
  const state = snapshot.cpu === 'arm' ? (crashedContext(snapshot)?.registers.get('cpsr') ?? 0n) : 0n;
  return (state & THUMB) !== 0n;
}

/** Contexts have some registers twice: `fp` and `lr` are x29 and x30, and `fp` is r11. */
function wholeName({ cpu }: ProcessSnapshot, name: string): string {
  if (cpu === 'arm64') return { fp: 'x29', lr: 'x30' }[name] ?? name;
  return cpu === 'arm' && name === 'fp' ? 'r11' : name;
}

function crashedContext({ threads, crashingThread }: ProcessSnapshot): ThreadContext | null {
  return threads[crashingThread ?? -1]?.context ?? null;
}
