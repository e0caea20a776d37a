/** Mean less five standard deviations of the number of distinct bytes among so many random ones. */
const FEWEST: ReadonlyMap<number, number> = new Map([
  [32, 24],
  [48, 35],
  [64, 46],
  [66, 46],
  [96, 62],
  [128, 76],
  [192, 102],
  [256, 124],
  [384, 158],
  [512, 186],
  [768, 215],
  [1024, 236],
]);

const stamps = new Uint32Array(256);
let stamp = 0;

/** How many different bytes there are among `length` from `from` on. */
export function countDistinct(bytes: Uint8Array, from: number, length: number): number {
  stamp = (stamp + 1) >>> 0;
  let count = 0;
  for (let i = from; i < from + length; i++) {
    const byte = bytes[i] ?? 0;
    if (stamps[byte] === stamp) continue;
    stamps[byte] = stamp;
    count++;
  }
  return count;
}

export function looksRandom(bytes: Uint8Array, from: number, length: number): boolean {
  return countDistinct(bytes, from, length) >= (FEWEST.get(length) ?? length / 2);
}
