/** Longest input that is tried. */
export const INPUT_BYTES_MAX = 512 * 1024;

const HEAD_BYTES = 8;

/** The execution that is under way, where the watching thread sees it although the other is busy or dead. */
export class SharedInput {
  readonly memory: SharedArrayBuffer;
  readonly #numbers: Int32Array;
  readonly #bytes: Uint8Array;

  constructor(memory = new SharedArrayBuffer(HEAD_BYTES + INPUT_BYTES_MAX)) {
    this.memory = memory;
    this.#numbers = new Int32Array(memory, 0, 2);
    this.#bytes = new Uint8Array(memory, HEAD_BYTES);
  }

  /** The execution's number, from 1; 0 before the first. */
  get execution(): number {
    return Atomics.load(this.#numbers, 0);
  }

  get bytes(): Uint8Array {
    return this.#bytes.slice(0, Atomics.load(this.#numbers, 1));
  }

  begin(execution: number, bytes: Uint8Array): void {
    this.#bytes.set(bytes);
    Atomics.store(this.#numbers, 1, bytes.length);
    Atomics.store(this.#numbers, 0, execution);
  }
}
