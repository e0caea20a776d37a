import type { LenientFrame, LenientInline, LenientReport, ScreenedText } from '@crashkeep/report';
import { mintScreenedText } from '@crashkeep/report/mint';
import type { FrameNames, NamedFrame, NamedWalk } from '@crashkeep/walk';
import type { DisclosedParts } from './disclosed-parts.js';
import type { Screen } from './screen/screen.js';
import { functionName, sourceFile } from './screen/symbol-text.js';

/** CPUs whose words are wide enough that data does not look like code: a word falls into a module with a chance below 2^-30. */
const WIDE: ReadonlySet<LenientReport['cpu']> = new Set(['amd64', 'arm64', 'mips64', 'ppc64', 'riscv64']);

const INLINES_MAX = 256;
const UNLOADED_MAX = 16;

/**
 * Null where the frame may be a word of data: on a 32-bit CPU scanned, or found by unwind data where the uploaded image has no
 * call before it (a forged rule would lead there), and named by no symbol. Where a symbol names it there, it
 * shows module and function and neither offset nor line, which would be the word itself (DESIGN.md 6).
 */
export function discloseFrame(
  walk: NamedWalk,
  frame: NamedFrame,
  index: number,
  parts: DisclosedParts,
  screen: Screen,
): LenientFrame | null {
  const moduleIndex = frame.m !== null && frame.m < parts.modules.length ? frame.m : null;
  const names = moduleIndex === null ? null : frame.names;
  const isGuess = (isScanned(frame) || frame.d === true) && !WIDE.has(walk.cpu);
  if (isGuess && (names === null || names.function === null)) return null;
  const shownFunction = screen.text(names?.function ?? null, functionName);
  if (isGuess && shownFunction === null) return null;
  return {
    index,
    module: moduleIndex === null ? null : (parts.modules[moduleIndex]?.name ?? null),
    module_index: moduleIndex,
    module_offset: isGuess || moduleIndex === null ? null : offsetText(frame.o, walk.modules[moduleIndex]?.size ?? 0),
    function: shownFunction,
    mangled: screen.text(names?.mangled ?? null, functionName),
    file: isGuess ? null : screen.text(names?.file ?? null, sourceFile),
    line: isGuess ? null : lineNumber(names?.line ?? null),
    trust: frame.t,
    inlines: isGuess || names === null ? [] : discloseInlines(names, screen),
    unloaded_modules: moduleIndex === null && !isScanned(frame) ? discloseUnloaded(frame, parts) : [],
  };
}

const isScanned = (frame: NamedFrame): boolean => frame.t === 'scan' || frame.t === 'cfi_scan';

/** Past the module's end it is no place in code, whatever the walker says. */
const offsetText = (offset: number | null, size: number): ScreenedText | null =>
  offset === null || offset >= size ? null : mintScreenedText(`0x${offset.toString(16).padStart(16, '0')}`, 18);

const lineNumber = (line: number | null): number | null =>
  line !== null && Number.isInteger(line) && line >= 0 && line <= 2 ** 32 ? line : null;

function discloseInlines(names: FrameNames, screen: Screen): LenientInline[] {
  return names.inlines.slice(0, INLINES_MAX).map((inline) => ({
    function: screen.text(inline.function, functionName),
    mangled: screen.text(inline.mangled, functionName),
    file: screen.text(inline.file, sourceFile),
    line: lineNumber(inline.line),
  }));
}

/** Leaf names without offsets: the address lies in no module that is loaded. */
function discloseUnloaded(frame: NamedFrame, parts: DisclosedParts): LenientFrame['unloaded_modules'] {
  return (frame.u ?? []).slice(0, UNLOADED_MAX).flatMap(([ordinal]) => {
    const module = parts.unloadedModules[ordinal]?.name ?? null;
    return module === null ? [] : [{ module }];
  });
}
