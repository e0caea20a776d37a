import { LedgerError } from '../ledger-error.js';
import { TILE_WIDTH } from '../tree/tile-path.js';

const LENGTH_BYTES = 2;
/** What the length before an entry can say. PostgreSQL refuses a body that would make a longer one. */
export const ENTRY_BYTES_MAX = 0xffff;

/** Entries one after the other, each with its length before it, 16 bits big-endian (C2SP tlog-tiles). */
export function encodeBundle(entries: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      if (entry.length > ENTRY_BYTES_MAX) throw new LedgerError('ledger.malformed-entry');
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}

/** Views into the bundle; throws `ledger.malformed-bundle` where it does not end with an entry, or has more than 256. */
export function decodeBundle(bundle: Buffer): Buffer[] {
  const entries: Buffer[] = [];
  for (let at = 0; at < bundle.length;) {
    if (at + LENGTH_BYTES > bundle.length || entries.length === TILE_WIDTH)
      throw new LedgerError('ledger.malformed-bundle');
    const end = at + LENGTH_BYTES + bundle.readUInt16BE(at);
    if (end > bundle.length) throw new LedgerError('ledger.malformed-bundle');
    entries.push(bundle.subarray(at + LENGTH_BYTES, end));
    at = end;
  }
  return entries;
}
