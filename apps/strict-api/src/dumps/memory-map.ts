import { addressText } from '@crashkeep/access';
import type { z } from 'zod';
import type { MemoryMap } from '../wire/dumps.js';
import type { WalkedMap } from './region-map.js';

type Span = { address: bigint; size: number };

/** The map as the page draws it: addresses and sizes, no place in the file and no byte. */
export function memoryMapOf(map: WalkedMap): z.input<typeof MemoryMap> {
  const regions = joined(map.regions);
  return {
    threads: map.threadIds.map((id, index) => {
      const stack = map.stacks[index] ?? null;
      const registers = map.contexts[index]?.size ?? 0;
      const crashed = index === map.crashingThread;
      return { index, id, crashed, stack: stack === null ? null : spanOf(stack), registers_bytes: registers };
    }),
    regions: regions.map(spanOf),
    memory_bytes: regions.reduce((sum, region) => sum + region.size, 0),
    annotation_bytes: map.annotations.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

const spanOf = ({ address, size }: Span): { address: string; size: number } => ({
  address: addressText(address),
  size,
});

/** In address order; neighbours and overlaps are one, since the page shows where memory is and not how it was saved. */
function joined(regions: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const { address, size } of [...regions].sort(byAddress)) {
    const last = result.at(-1);
    if (last === undefined || address > last.address + BigInt(last.size)) {
      if (size > 0) result.push({ address, size });
    } else last.size = Math.max(last.size, Number(address - last.address) + size);
  }
  return result;
}

const byAddress = (a: Span, b: Span): number => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0);
