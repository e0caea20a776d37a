import type { FrameNames } from '@crashkeep/symbols';
import type { NamedWalk } from '../named-walk.js';
import type { WalkResult } from '../walk-result.js';
import type { SymbolSource } from './async-range-source.js';
import type { NameShelf } from './name-shelf.js';

/** Adds names to walked frames: of a walk that has just ended, or of a stored one whose symbols came late. */
export async function nameFrames(
  result: WalkResult,
  symbols: readonly (SymbolSource | null)[],
  shelf: NameShelf,
): Promise<NamedWalk> {
  const offsets = new Map<number, number[]>();
  for (const { m, o } of result.threads.flatMap(({ frames }) => frames)) {
    if (m !== null && o !== null) offsets.set(m, [...(offsets.get(m) ?? []), o]);
  }
  const names = new Map<number, ReadonlyMap<number, FrameNames>>();
  await Promise.all(
    [...offsets].map(async ([module, places]) => {
      const source = symbols[module] ?? null;
      if (source !== null) names.set(module, await shelf.describe(source, places));
    }),
  );
  const threads = result.threads.map((thread) => ({
    ...thread,
    frames: thread.frames.map((frame) => ({ ...frame, names: names.get(frame.m ?? -1)?.get(frame.o ?? -1) ?? null })),
  }));
  return { ...result, threads, symbolsLoaded: result.modules.map((_, i) => (symbols[i] ?? null) !== null) };
}
