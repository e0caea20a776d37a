import { type FileRange, type GrantRange, addressText } from '@crashkeep/access';
import { z } from 'zod';
import type { FoundLeaf } from '../audit/find-leaves.js';
import type { GrantReads } from '../wire/grants.js';

const Place = z.object({ part: z.uuid().optional(), offset: z.number(), length: z.number() });
const Asked = z.union([z.object({ address: z.string(), length: z.number() }), Place]);

/** Leaves of older versions name refused reads by `ranges` as well. */
const ReadBody = z.object({
  code: z.string().nullable().default(null),
  ranges: z.array(Place).default([]),
  asked: z.array(Asked).default([]),
});

type ReadView = z.input<typeof GrantReads>['reads'][number];

/** A read as the viewer shows it: by address, since places in the file mean nothing to a reader. */
export function readViewOf({ id, createdAt, body }: FoundLeaf, granted: readonly GrantRange[]): ReadView {
  const { code, ranges, asked } = ReadBody.parse(body);
  const bytes = code === null ? ranges.reduce((sum, { length }) => sum + length, 0) : 0;
  const shown = code === null || asked.length === 0 ? ranges.map((range) => addressOf(range, granted)) : asked;
  return { leaf: id, at: createdAt.toISOString(), refused: code, ranges: shown, bytes };
}

/** What is no memory is named by its place. */
function addressOf(range: FileRange, granted: readonly GrantRange[]): ReadView['ranges'][number] {
  const holder = granted.find(
    ({ part, offset, length }) =>
      part === (range.part ?? null) && offset <= range.offset && range.offset + range.length <= offset + length,
  );
  if (holder === undefined || holder.address === null) return range;
  const address = addressText(BigInt(holder.address) + BigInt(range.offset - holder.offset));
  return { address, length: range.length };
}
