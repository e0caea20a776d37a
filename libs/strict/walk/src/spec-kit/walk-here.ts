import { Buffer } from 'node:buffer';
import type { SymbolForm } from '@crashkeep/symbols';
import { PipeSource } from '../child/pipe-source.js';
import { walkDump } from '../child/walk-dump.js';
import { WalkResult } from '../walk-result.js';

/** What a child does, in this process: for properties that need thousands of walks. `forms` by debug id. */
export function walkHere(bytes: Uint8Array, forms: ReadonlyMap<string, SymbolForm> = new Map()): WalkResult {
  const source = new PipeSource(
    bytes.length,
    (ranges) => Buffer.concat(ranges.map(({ offset, length }) => bytes.subarray(offset, offset + length))),
    256 * 1024,
  );
  const result = walkDump(
    source,
    () =>
      ({ debugId }) =>
        forms.get(debugId ?? '') ?? null,
    false,
  );
  return WalkResult.parse({ ...result, readSet: source.readSet.coalesced() });
}
