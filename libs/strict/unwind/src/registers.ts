import type { ThreadContext } from '@crashkeep/snapshot';
import type { RegisterFile } from '@crashkeep/symbols';

const HALF = 0x1_0000_0000;
/** High halves at or above this make a word of 2^53 or more: no address that we can or need to follow. */
const EXACT_HIGH = 0x20_0000;

/** `high` and `low` as a number, NaN where it would not be exact. BigInt costs seven times as much where it counts. */
export function exactNumber(low: number, high: number): number {
  return high < EXACT_HIGH ? high * HALF + low : NaN;
}

/** Registers of one frame, each valid or unknown, as two halves. Numbers are `RegisterFile`'s. */
export class Registers {
  /** Low halves, then high halves, then 1 for each that is valid: one array, since every frame makes one. */
  readonly #words: Uint32Array;
  readonly #count: number;

  constructor(count: number) {
    this.#words = new Uint32Array(count * 3);
    this.#count = count;
  }

  static ofContext(context: ThreadContext, file: RegisterFile): Registers {
    const registers = new Registers(file.names.length);
    file.names.forEach((name, number) => {
      const value = context.registers.get(name);
      if (value !== undefined) registers.setWord(number, value);
    });
    registers.setWord(file.instructionPointer, context.instructionPointer);
    registers.setWord(file.stackPointer, context.stackPointer);
    return registers;
  }

  get count(): number {
    return this.#count;
  }

  has(register: number): boolean {
    return register < this.#count && this.#words[2 * this.#count + register] === 1;
  }

  /** NaN where the register is unknown or holds 2^53 or more. */
  number(register: number): number {
    return this.has(register) ? exactNumber(this.low(register), this.high(register)) : NaN;
  }

  low(register: number): number {
    return register < this.#count ? (this.#words[register] ?? 0) : 0;
  }

  high(register: number): number {
    return register < this.#count ? (this.#words[this.#count + register] ?? 0) : 0;
  }

  word(register: number): bigint {
    return (BigInt(this.high(register)) << 32n) | BigInt(this.low(register));
  }

  set(register: number, low: number, high: number): void {
    const count = this.#count;
    if (!(register >= 0 && register < count)) return;
    this.#words[register] = low;
    this.#words[count + register] = high;
    this.#words[2 * count + register] = 1;
  }

  setNumber(register: number, value: number): void {
    this.set(register, value % HALF, Math.floor(value / HALF));
  }

  setWord(register: number, value: bigint): void {
    this.set(register, Number(value & 0xffff_ffffn), Number((value >> 32n) & 0xffff_ffffn));
  }

  clear(register: number): void {
    if (register < this.#count) this.#words[2 * this.#count + register] = 0;
  }

  /** Takes over what `from` knows of `register`. */
  copy(register: number, from: Registers, source = register): void {
    if (from.has(source)) this.set(register, from.low(source), from.high(source));
    else this.clear(register);
  }
}
