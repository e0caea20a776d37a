import type { ByteSource, FileRange } from '@crashkeep/snapshot';

/** A file with the controls behind its end, where no offset of a dump is. */
export class WithControls implements ByteSource {
  readonly size: number;
  readonly #source: ByteSource;
  readonly #controls: Uint8Array;

  constructor(source: ByteSource, controls: Uint8Array) {
    this.#source = source;
    this.#controls = controls;
    this.size = source.size + controls.length;
  }

  read(offset: number, length: number): Uint8Array {
    const inside = offset - this.#source.size;
    return inside < 0 ? this.#source.read(offset, length) : this.#controls.subarray(inside, inside + length);
  }

  prefetch(ranges: readonly FileRange[]): void {
    this.#source.prefetch(ranges.filter(({ offset }) => offset < this.#source.size));
  }
}
