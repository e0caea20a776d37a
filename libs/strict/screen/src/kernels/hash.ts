/** The hashes of the kernels' filters, which are filled outside of them. 32 bits, signed. */
export const hashOfFour = (word: number): number => Math.imul(word, 0x9e3779b1);

export const hashOfEight = (low: number, high: number): number =>
  Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);

/** A second bit of the same eight bytes. */
export const rehash = (hash: number): number => Math.imul(hash, 0x2c1b3c6d);
