/** Pending ranges before they are put in order: reads mostly continue where the last one ended. */
const PENDING_MAX = 4096;

/** Which bytes of a file were read: the read set R of DESIGN.md 2. */
export class ReadSet {
  #ranges: [number, number][] = [];
  #start = 0;
  #end = 0;
  #mergeAt = PENDING_MAX;

  add(start: number, length: number): void {
    if (length === 0 || (start >= this.#start && start + length <= this.#end)) return;
    if (start >= this.#start && start <= this.#end) {
      this.#end = start + length;
      return;
    }
    this.#flush();
    this.#start = start;
    this.#end = start + length;
  }

  /** [offset, length], sorted, apart from each other. */
  coalesced(): [number, number][] {
    this.#flush();
    this.#start = this.#end = 0;
    this.#ranges = merge(this.#ranges);
    return this.#ranges.map(([start, end]) => [start, end - start]);
  }

  #flush(): void {
    if (this.#end > this.#start) this.#ranges.push([this.#start, this.#end]);
    if (this.#ranges.length < this.#mergeAt) return;
    this.#ranges = merge(this.#ranges);
    // Where merging no longer helps, merge less often: the cost stays in proportion to what is kept.
    this.#mergeAt = Math.max(PENDING_MAX, this.#ranges.length * 2);
  }
}

function merge(ranges: readonly [number, number][]): [number, number][] {
  const merged: [number, number][] = [];
  for (const [start, end] of [...ranges].sort(([a], [b]) => a - b)) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
