import type { RegionMap } from '@crashkeep/access';
import { type DumpFacts, type StrictRows, findAnnotationParts, findWalk } from '@crashkeep/strict-store';
import { z } from 'zod';

const address = z.string().regex(/^0x[0-9a-f]{1,16}$/);
const size = z.int().min(0);
const Mapped = z.object({ address, offset: size, size });

/** What of a stored walk says where memory lies. The rest of it is for the airlock. */
const MappedWalk = z.object({
  crashingThread: z.int().nullable(),
  threads: z.array(z.object({ id: z.int() })),
  regions: z.array(Mapped),
  threadRanges: z.array(
    z.object({ stack: Mapped.nullable(), context: z.object({ offset: size, size }).nullable().default(null) }),
  ),
});

export interface WalkedMap extends RegionMap {
  readonly crashingThread: number | null;
  /** The system's ids, by thread index. */
  readonly threadIds: readonly number[];
}

/** Null where the dump was not walked. */
export async function findRegionMap(rows: StrictRows, dump: DumpFacts): Promise<WalkedMap | null> {
  const walk = await findWalk(rows, dump.id);
  if (walk === null) return null;
  const { crashingThread, threads, regions, threadRanges } = MappedWalk.parse(walk.result);
  return {
    fileBytes: dump.plainBytes,
    crashingThread,
    threadIds: threads.map(({ id }) => id),
    regions: regions.map(mapped),
    stacks: threadRanges.map(({ stack }) => (stack === null ? null : mapped(stack))),
    contexts: threadRanges.map(({ context }) => context),
    annotations: await findAnnotationParts(rows, dump.id),
  };
}

const mapped = (region: z.infer<typeof Mapped>): RegionMap['regions'][number] => ({
  ...region,
  address: BigInt(region.address),
});
