import { type FrameNames, type Instruction, INSTRUCTION_BYTES_MAX } from '@crashkeep/symbols';
import type { NamedWalk } from '../named-walk.js';
import type { WalkResult } from '../walk-result.js';
import type { ModuleSymbols } from './async-range-source.js';
import type { NameShelf } from './name-shelf.js';
import { refineCause } from './refine-cause.js';

/** Adds names to walked frames: of a walk that has just ended, or of a stored one whose symbols came late. */
export async function nameFrames(
  result: WalkResult,
  symbols: readonly ModuleSymbols[],
  shelf: NameShelf,
): Promise<NamedWalk> {
  const offsets = new Map<number, number[]>();
  for (const { m, o } of result.threads.flatMap(({ frames }) => frames)) {
    if (m !== null && o !== null) offsets.set(m, [...(offsets.get(m) ?? []), o]);
  }
  const names = new Map<number, ReadonlyMap<number, FrameNames>>();
  await Promise.all(
    [...offsets].map(async ([module, places]) => {
      names.set(module, await describeAll(symbols[module] ?? [], places, shelf));
    }),
  );
  const threads = result.threads.map((thread) => ({
    ...thread,
    frames: thread.frames.map((frame) => ({ ...frame, names: names.get(frame.m ?? -1)?.get(frame.o ?? -1) ?? null })),
  }));
  const symbolsLoaded = result.modules.map((_, i) => (symbols[i] ?? []).length > 0);
  const instruction = await faultingInstruction(result, symbols, shelf);
  return { ...result, cause: refineCause(result, instruction), threads, symbolsLoaded, instruction };
}

/** Of the uploaded image: no byte of the dump's memory is read for it. */
async function faultingInstruction(
  result: WalkResult,
  symbols: readonly ModuleSymbols[],
  shelf: NameShelf,
): Promise<Instruction | null> {
  const frame = result.threads[result.crashingThread ?? -1]?.frames[0];
  if (frame?.t !== 'context' || frame.m === null || frame.o === null) return null;
  const { cpu, thumb } = result;
  for (const source of symbols[frame.m] ?? []) {
    const bytes = await shelf.code(source, frame.o, INSTRUCTION_BYTES_MAX);
    if (bytes !== null) return shelf.disassemble({ cpu, bytes, offset: frame.o, thumb });
  }
  return null;
}

/** What the first that knows an offset says of it. */
async function describeAll(
  symbols: ModuleSymbols,
  offsets: readonly number[],
  shelf: NameShelf,
): Promise<ReadonlyMap<number, FrameNames>> {
  const names = new Map<number, FrameNames>();
  for (const source of symbols) {
    const found = await shelf.describe(
      source,
      offsets.filter((offset) => !names.has(offset)),
    );
    for (const [offset, name] of found) names.set(offset, name);
  }
  return names;
}
