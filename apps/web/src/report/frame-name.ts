import type { LenientFrame, LenientInline } from '@crashkeep/report';
import { splitFunction } from '@crashkeep/ui';

/** `0x1f3c0` of `0x000000000001f3c0`. */
export function shortHex(padded: string): string {
  return padded.replace(/^0x0+(?=[0-9a-f])/u, '0x');
}

type Place = Pick<LenientFrame, 'module' | 'module_index' | 'module_offset' | 'unloaded_modules'>;

/** `libnic.so+0x1f3c0`; what is known instead where there is no module, or its name is withheld. */
export function framePlace(frame: Place): string {
  if (frame.module_index === null) {
    const [gone] = frame.unloaded_modules;
    return gone === undefined ? 'outside every module' : `unloaded ${gone.module}`;
  }
  const module = frame.module ?? 'module withheld';
  return frame.module_offset === null ? module : `${module}+${shortHex(frame.module_offset)}`;
}

/** A frame in one line: its function, or where it lies. */
export function frameName(frame: LenientFrame): string {
  return frame.function ?? framePlace(frame);
}

/** The function that really stood there: the innermost inlined one, where the compiler put others into the frame. */
export function innermost(frame: LenientFrame): Pick<LenientInline, 'function' | 'file' | 'line'> {
  return frame.inlines[0] ?? frame;
}

/** `drain_idle`, without path and arguments. */
export function shortName(frame: LenientFrame): string {
  const { function: name } = innermost(frame);
  return name === null ? frameName(frame) : splitFunction(name).name;
}

/** `slot.rs:58`; null where no symbol says. */
export function sourceOf({ file, line }: Pick<LenientInline, 'file' | 'line'>): string | null {
  if (file === null) return null;
  return line === null ? tidyPath(file) : `${tidyPath(file)}:${String(line)}`;
}

/** `/usr/lib/gcc/12/../../../include/x.h` is `/usr/include/x.h`: compilers write down how they got there. */
export function tidyPath(path: string): string {
  const kept: string[] = [];
  for (const part of path.split('/')) {
    const last = kept.at(-1);
    if (part === '..' && last !== undefined && !['', '.', '..'].includes(last)) kept.pop();
    else if (part !== '.' || kept.length === 0) kept.push(part);
  }
  return kept.join('/');
}

/** `futex_wait ← Condvar::wait ← park`: where a stack stands, from the inside out. */
export function stackLine(frames: readonly LenientFrame[], names = 3): string {
  if (frames.length === 0) return 'no frames';
  return frames
    .slice(0, names)
    .map((frame) => (frame.function === null ? frameName(frame) : pathAndName(frame.function)))
    .join(' ← ');
}

function pathAndName(name: string): string {
  const { path, name: last } = splitFunction(name);
  return path + last;
}
