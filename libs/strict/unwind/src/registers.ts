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
  readonly #low: Uint32Array;
  readonly #high: Uint32Array;
  readonly #valid: Uint8Array;

  constructor(count: number) {
    this.#low = new Uint32Array(count);
    this.#high = new Uint32Array(count);
    this.#valid = new Uint8Array(count);
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
    return this.#valid.length;
  }

  has(register: number): boolean {
    return this.#valid[register] === 1;
  }

  /** NaN where the register is unknown or holds 2^53 or more. */
  number(register: number): number {
    return this.has(register) ? exactNumber(this.low(register), this.high(register)) : NaN;
  }

  low(register: number): number {
    return this.#low[register] ?? 0;
  }

  high(register: number): number {
    return this.#high[register] ?? 0;
  }

  word(register: number): bigint {
    return (BigInt(this.high(register)) << 32n) | BigInt(this.low(register));
  }

  set(register: number, low: number, high: number): void {
    if (register >= this.#valid.length) return;
    this.#low[register] = low;
    this.#high[register] = high;
    this.#valid[register] = 1;
  }

  setNumber(register: number, value: number): void {
    this.set(register, value % HALF, Math.floor(value / HALF));
  }

  setWord(register: number, value: bigint): void {
    this.set(register, Number(value & 0xffff_ffffn), Number((value >> 32n) & 0xffff_ffffn));
  }

  clear(register: number): void {
    this.#valid[register] = 0;
  }

  /** Takes over what `from` knows of `register`. */
  copy(register: number, from: Registers, source = register): void {
    if (from.has(source)) this.set(register, from.low(source), from.high(source));
    else this.clear(register);
  }
}
