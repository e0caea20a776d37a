import type { LenientFrame, LenientModule, LenientThread } from '@crashkeep/report';
import { normaliseFunction } from './normalise-function.js';
import { isSystemModule } from './rules/system-module.js';

/** One place of a stack, by the name that grouping knows it by. */
export interface StackEntry {
  readonly name: string;
  readonly by: 'function' | 'module-offset' | 'module';
  /** The frame's own index. */
  readonly frame: number;
}

/** Places that are looked at, inlines counted: deeper ones are alike for many crashes. */
const ENTRIES_MAX = 40;

/** Inlines before the frame that holds them; guesses weigh nothing, since what lies on a stack need not be part of it. */
export function stackEntries(thread: LenientThread, modules: readonly LenientModule[]): StackEntry[] {
  const sure = thread.frames.filter((it) => it.trust !== 'scan' && it.trust !== 'cfi_scan' && it.trust !== 'none');
  return sure.flatMap((frame) => entriesOf(frame, modules)).slice(0, ENTRIES_MAX);
}

function entriesOf(frame: LenientFrame, modules: readonly LenientModule[]): StackEntry[] {
  const inlines = frame.inlines.flatMap(({ function: name, mangled, file }) =>
    name === null
      ? []
      : [{ name: normaliseFunction({ function: name, mangled, file }), by: 'function' as const, frame: frame.index }],
  );
  const own = entryOf(frame, modules);
  return own === null ? inlines : [...inlines, own];
}

function entryOf(frame: LenientFrame, modules: readonly LenientModule[]): StackEntry | null {
  const { function: name, mangled, file, index } = frame;
  if (name !== null)
    return { name: normaliseFunction({ function: name, mangled, file }), by: 'function', frame: index };
  const module = frame.module_index === null ? undefined : modules[frame.module_index];
  return module === undefined ? null : moduleEntry(frame, module);
}

/** `app.exe@0x1a2b (4C4C4465)`: the head of the debug id, since an offset means nothing in another build. */
function moduleEntry(frame: LenientFrame, module: LenientModule): StackEntry {
  const name = module.name ?? '(module withheld)';
  if (frame.module_offset === null || isSystemModule(comparable(name)))
    return { name, by: 'module', frame: frame.index };
  const offset = frame.module_offset.replace(/^0x0*(?=[0-9a-f])/, '0x');
  const build = module.debug_id === null || /^0+$/.test(module.debug_id) ? '' : ` (${module.debug_id.slice(0, 8)})`;
  return { name: `${name}@${offset}${build}`, by: 'module-offset', frame: frame.index };
}

/** Windows tells no case apart in names of files. */
const comparable = (name: string): string => (/\.(?:dll|exe)$/i.test(name) ? name.toLowerCase() : name);
