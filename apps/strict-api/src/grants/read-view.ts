import { type FileRange, type GrantRange, addressText } from '@crashkeep/access';
import { z } from 'zod';
import type { FoundLeaf } from '../audit/find-leaves.js';
import type { GrantReads } from '../wire/grants.js';

const ReadBody = z.object({
  code: z.string().nullable().default(null),
  ranges: z.array(z.object({ offset: z.int(), length: z.int() })),
});

/** A read as the viewer shows it: by address, since places in the file mean nothing to a reader. */
export function readViewOf(
  { id, createdAt, body }: FoundLeaf,
  granted: readonly GrantRange[],
): z.input<typeof GrantReads>['reads'][number] {
  const { code, ranges } = ReadBody.parse(body);
  const located = ranges.flatMap((range) => addressesOf(range, granted));
  const bytes = code === null ? ranges.reduce((sum, { length }) => sum + length, 0) : 0;
  return { leaf: id, at: createdAt.toISOString(), refused: code, ranges: located, bytes };
}

/** What of a refused read lay outside the grant has no address to show. */
function addressesOf(range: FileRange, granted: readonly GrantRange[]): { address: string; length: number }[] {
  const holder = granted.find(
    ({ offset, length }) => offset <= range.offset && range.offset + range.length <= offset + length,
  );
  if (holder === undefined) return [];
  return [
    { address: addressText(BigInt(holder.address) + BigInt(range.offset - holder.offset)), length: range.length },
  ];
}
