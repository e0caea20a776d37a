import type { Registers } from './registers.js';

/** Apple leaves 47 bits to the address. */
const APPLE_BITS = 47;

/**
 * The bits that hold an address; what ARMv8.3 signs into those above goes. Where the dump does not say which they are, Apple's
 * 47, or as many as the modules need.
 */
export class AddressMask {
  readonly #high: number;

  constructor(modulesEnd: bigint, authenticationMask: bigint | null) {
    if (authenticationMask !== null) {
      this.#high = Number((~authenticationMask >> 32n) & 0xffff_ffffn);
      return;
    }
    const bits = Math.max(APPLE_BITS, modulesEnd === 0n ? 0 : (modulesEnd - 1n).toString(2).length);
    this.#high = bits >= 64 ? 0xffff_ffff : 2 ** (bits - 32) - 1;
  }

  high(high: number): number {
    return (high & this.#high) >>> 0;
  }

  strip(registers: Registers, register: number): void {
    if (registers.has(register)) registers.set(register, registers.low(register), this.high(registers.high(register)));
  }
}
