import type { FormBuilder } from '../form/form-builder.js';

const ENTRY_BYTES = 64;

/** FILE and INLINE_ORIGIN numbers are any 32 bits; the form counts them from 0 in the order in which they are met. */
export class DenseNumbers {
  readonly #numbers = new Map<number, number>();
  readonly #builder: FormBuilder;

  constructor(builder: FormBuilder) {
    this.#builder = builder;
  }

  of(number: number): number {
    const known = this.#numbers.get(number);
    if (known !== undefined) return known;
    this.#builder.reserve(ENTRY_BYTES);
    const dense = this.#numbers.size;
    this.#numbers.set(number, dense);
    return dense;
  }
}
