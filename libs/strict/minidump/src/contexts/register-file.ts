import type { ThreadContext } from '@crashkeep/snapshot';

/** Where one architecture's CONTEXT keeps its general registers. Offsets in bytes. */
export interface ContextLayout {
  /** Bits of the flags that name the architecture; which of them are set decides whether the bytes are this context at all. */
  readonly flagsAt: number;
  readonly architecture: readonly number[];
  readonly wordBytes: 4 | 8;
  readonly registers: readonly (readonly [name: string, offset: number])[];
  readonly instructionPointer: string;
  readonly stackPointer: string;
}

/** Names in a row, `step` bytes apart from `offset` on. */
export function row(offset: number, step: 4 | 8, names: string): [string, number][] {
  return names.split(' ').map((name, i) => [name, offset + i * step]);
}

export function numbered(prefix: string, count: number): string {
  return Array.from({ length: count }, (_, i) => `${prefix}${String(i)}`).join(' ');
}

/** Bytes that the layout needs; what follows (floating point, XSAVE) is not read. */
export function bytesNeeded(layout: ContextLayout): number {
  return Math.max(layout.flagsAt + 4, ...layout.registers.map(([, offset]) => offset + layout.wordBytes));
}

/** The registers of `bytes`, or null where they are no context of this layout. Decoded when they are first asked for. */
export function decodeContext(layout: ContextLayout, bytes: Uint8Array, littleEndian: boolean): ThreadContext | null {
  if (bytes.length < bytesNeeded(layout)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = view.getUint32(layout.flagsAt, littleEndian);
  if (!layout.architecture.some((bit) => (flags & bit) >>> 0 === bit)) return null;
  return new RegisterFile(layout, view, littleEndian);
}

class RegisterFile implements ThreadContext {
  readonly instructionPointer: bigint;
  readonly stackPointer: bigint;
  readonly #read: (offset: number) => bigint;
  readonly #layout: ContextLayout;
  #registers: Map<string, bigint> | null = null;

  constructor(layout: ContextLayout, view: DataView, littleEndian: boolean) {
    this.#layout = layout;
    this.#read =
      layout.wordBytes === 8
        ? (offset) => view.getBigUint64(offset, littleEndian)
        : (offset) => BigInt(view.getUint32(offset, littleEndian));
    this.instructionPointer = this.#named(layout.instructionPointer);
    this.stackPointer = this.#named(layout.stackPointer);
  }

  get registers(): ReadonlyMap<string, bigint> {
    return (this.#registers ??= new Map(this.#layout.registers.map(([name, at]) => [name, this.#read(at)])));
  }

  #named(name: string): bigint {
    const entry = this.#layout.registers.find(([register]) => register === name);
    return entry === undefined ? 0n : this.#read(entry[1]);
  }
}
