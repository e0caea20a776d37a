/**
 * The loops that meet every byte of a dump. All numbers are byte offsets into one memory; results are u32s from `out` on, and what is
 * returned is how many there are. Two implementations give equal results on equal bytes: WebAssembly and plain.
 * Every kernel may read 64 bytes beyond what it is asked about.
 */
export interface Kernels {
  /** Marks each page of `pages` from `page` on that is one 32-bit word over and over: a byte each at `out`, 1 or 0. */
  constantPages(page: number, pages: number, out: number): void;
  /** Places in [from, to) where the bytes that an anchor is told by may stand. */
  anchorPlaces(from: number, to: number, masks: number, filter: number, shift: number, out: number): number;
  /** Words in [from, to), which are multiples of 4, from which on two linear relations of an AES key schedule hold. */
  scheduleWords(from: number, to: number, out: number): number;
  /**
   * Runs of random limbs that begin in [from, to), none before `floor`, as pairs of place and limbs; `end` is where the bytes end.
   * All are multiples of 8. Of a run at most an eighth is text; one of up to eight limbs has at
   * least `distinct` different bytes.
   */
  limbRuns(
    from: number,
    to: number,
    floor: number,
    end: number,
    fewest: number,
    most: number,
    distinct: number,
    out: number,
  ): number;
  /** Words in [from, to) of a value in [least, least + range] that the set of bits at `wanted` names. */
  countedWords(from: number, to: number, least: number, range: number, wanted: number, out: number): number;
  /** Places in [from, to) whose next eight bytes have both their bits in the set at `filter`, of 2^(32 - shift) bits. */
  windowPlaces(from: number, to: number, filter: number, shift: number, out: number): number;
}
