import type { LenientFrame, LenientInline } from '@crashkeep/report';
import { splitFunction } from '@crashkeep/ui';

/** `0x1f3c0` of `0x000000000001f3c0`. */
export function shortHex(padded: string): string {
  return padded.replace(/^0x0+(?=[0-9a-f])/u, '0x');
}

/** `libnic.so+0x1f3c0`; what is known instead where there is no module, or its name is withheld. */
export function framePlace(
  frame: Pick<LenientFrame, 'module' | 'module_index' | 'module_offset' | 'unloaded_modules'>,
): string {
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

/** `drain_idle`, without path and arguments. */
export function shortName(frame: LenientFrame): string {
  if (frame.function === null) return frameName(frame);
  return splitFunction(frame.function).name;
}

/** `slot.rs:58`; null where no symbol says. */
export function sourceOf({ file, line }: Pick<LenientInline, 'file' | 'line'>): string | null {
  if (file === null) return null;
  return line === null ? file : `${file}:${String(line)}`;
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
