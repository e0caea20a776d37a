import type { ThreadContext } from './process-snapshot.js';

/** Where a dump keeps a thread's general registers. Offsets in bytes. */
export interface RegisterLayout {
  readonly wordBytes: 4 | 8;
  readonly registers: readonly (readonly [name: string, offset: number])[];
  readonly instructionPointer: string;
  readonly stackPointer: string;
}

/** Names in a row, `step` bytes apart from `offset` on; `-` is a place without a register. */
export function registerRow(offset: number, step: number, names: string): [string, number][] {
  return names
    .split(' ')
    .map((name, i): [string, number] => [name, offset + i * step])
    .filter(([name]) => name !== '-');
}

/** `x0 x1 x2` and so on, for a row. */
export function numberedRegisters(prefix: string, count: number): string {
  return Array.from({ length: count }, (_, i) => `${prefix}${String(i)}`).join(' ');
}

/** Bytes that the layout reaches to. */
export function registerBytes({ registers, wordBytes }: RegisterLayout): number {
  return Math.max(...registers.map(([, offset]) => offset + wordBytes));
}

/** The registers in `bytes`, which must reach as far as the layout does. The map is built when it is first asked for. */
export function decodeRegisters(layout: RegisterLayout, bytes: Uint8Array, littleEndian: boolean): ThreadContext {
  return new RegisterFile(layout, bytes, littleEndian);
}

class RegisterFile implements ThreadContext {
  readonly instructionPointer: bigint;
  readonly stackPointer: bigint;
  readonly #layout: RegisterLayout;
  readonly #view: DataView;
  readonly #littleEndian: boolean;
  #registers: Map<string, bigint> | null = null;

  constructor(layout: RegisterLayout, bytes: Uint8Array, littleEndian: boolean) {
    this.#layout = layout;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#littleEndian = littleEndian;
    this.instructionPointer = this.#named(layout.instructionPointer);
    this.stackPointer = this.#named(layout.stackPointer);
  }

  get registers(): ReadonlyMap<string, bigint> {
    return (this.#registers ??= new Map(this.#layout.registers.map(([name, offset]) => [name, this.#word(offset)])));
  }

  #named(name: string): bigint {
    const entry = this.#layout.registers.find(([register]) => register === name);
    return entry === undefined ? 0n : this.#word(entry[1]);
  }

  #word(offset: number): bigint {
    return this.#layout.wordBytes === 8
      ? this.#view.getBigUint64(offset, this.#littleEndian)
      : BigInt(this.#view.getUint32(offset, this.#littleEndian));
  }
}
