import type { DumpLayout } from '../dump-layout.js';
import type { SynthMemory } from '../synth-parts.js';

export interface PlacedMemory {
  readonly address: bigint;
  readonly rva: number;
  readonly size: number;
}

/** The stacks, which lie in the file already, and all other memory. */
export function writeMemory(
  layout: DumpLayout,
  stacks: readonly PlacedMemory[],
  memory: readonly SynthMemory[],
  full: boolean,
): void {
  if (full) writeFullMemory(layout, memory);
  const placed = full ? [] : memory.map(({ address, bytes }) => ({ address, ...layout.blob(bytes) }));
  const listed = [...stacks, ...placed];
  if (listed.length === 0) return;
  layout.stream(5, (out) => {
    out.u32(listed.length);
    for (const { address, size, rva } of listed) out.u64(address).u32(size, rva);
  });
}

/** One place in the file for all ranges, one after another. */
function writeFullMemory(layout: DumpLayout, memory: readonly SynthMemory[]): void {
  const { rva } = layout.record((out) => {
    for (const { bytes } of memory) out.bytes(bytes);
  });
  layout.stream(9, (out) => {
    out.u64(BigInt(memory.length), BigInt(rva));
    for (const { address, bytes } of memory) out.u64(address, BigInt(bytes.length));
  });
}
