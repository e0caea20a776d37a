import { contextBytes, type SynthCpu } from '../context-bytes.js';
import type { DumpLayout, Placed } from '../dump-layout.js';
import { type DrawnNames, stackBytes } from '../stack-drawing.js';
import type { SynthThread } from '../synth-parts.js';
import type { PlacedMemory } from './memory.js';

export interface PlacedThread {
  readonly id: number;
  readonly context: Placed;
  readonly stack: PlacedMemory | null;
}

/** Puts contexts and stacks into the file. */
export function placeThreads(
  layout: DumpLayout,
  cpu: SynthCpu,
  threads: readonly SynthThread[],
  names: DrawnNames,
): PlacedThread[] {
  return threads.map(({ id, registers, stack }) => {
    const context = layout.blob(contextBytes(cpu, registers, layout.littleEndian));
    if (stack === undefined) return { id, context, stack: null };
    const bytes = 'bytes' in stack ? stack.bytes : stackBytes(stack, names, layout.littleEndian);
    return { id, context, stack: { address: stack.address, ...layout.blob(bytes) } };
  });
}

export function writeThreads(layout: DumpLayout, threads: readonly PlacedThread[]): void {
  layout.stream(3, (out) => {
    out.u32(threads.length);
    for (const { id, context, stack } of threads) {
      out.u32(id, 0, 0, 0).u64(0n, stack?.address ?? 0n);
      out.u32(stack?.size ?? 0, stack?.rva ?? 0, context.size, context.rva);
    }
  });
}

export function writeThreadNames(layout: DumpLayout, threads: readonly SynthThread[]): void {
  const named = threads.flatMap(({ id, name }) => (name === undefined ? [] : [{ id, rva: layout.utf16(name) }]));
  if (named.length === 0) return;
  layout.stream(24, (out) => {
    out.u32(named.length);
    for (const { id, rva } of named) out.u32(id).u64(BigInt(rva));
  });
}
