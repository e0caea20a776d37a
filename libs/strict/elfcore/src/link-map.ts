import type { SnapshotMemory } from '@crashkeep/snapshot';

/** Entries of the auxiliary vector. */
const AT_PHDR = 3;
const AT_PHENT = 4;
const AT_PHNUM = 5;

const PT_DYNAMIC = 2;
const PT_PHDR = 6;
const DT_NULL = 0n;
const DT_DEBUG = 21n;

const MAX_SEGMENTS = 64n;
const MAX_DYNAMIC_ENTRIES = 256;
/** Also where a list that runs in a circle ends. */
const MAX_LIBRARIES = 4096;
const MAX_NAME_BYTES = 4096;

/** A library as the dynamic linker knows it: by the name that it was asked for, which is what Breakpad and Crashpad write too. */
export interface LinkedLibrary {
  readonly name: string;
  /** Where its dynamic section was loaded: a place inside it. */
  readonly dynamicAt: bigint;
}

/**
 * The dynamic linker's list, found as debuggers do: the program's headers, its dynamic section, DT_DEBUG, r_debug. Empty for static
 * programs and where one of those was not saved.
 */
export function readLinkMap(
  memory: SnapshotMemory,
  auxiliary: ReadonlyMap<number, bigint>,
  is64: boolean,
): LinkedLibrary[] {
  const reader = new LinkMapReader(memory, is64 ? 8 : 4);
  const dynamic = reader.dynamicSection(auxiliary);
  const debug = dynamic === null ? null : reader.debugStructure(dynamic);
  return debug === null ? [] : [...reader.libraries(debug)];
}

class LinkMapReader {
  readonly #memory: SnapshotMemory;
  readonly #wordBytes: 4 | 8;
  readonly #step: bigint;

  constructor(memory: SnapshotMemory, wordBytes: 4 | 8) {
    this.#memory = memory;
    this.#wordBytes = wordBytes;
    this.#step = BigInt(wordBytes);
  }

  /** Where the program's dynamic section was loaded. */
  dynamicSection(auxiliary: ReadonlyMap<number, bigint>): bigint | null {
    const headers = auxiliary.get(AT_PHDR) ?? 0n;
    const stride = auxiliary.get(AT_PHENT) ?? 0n;
    const count = auxiliary.get(AT_PHNUM) ?? 0n;
    // p_vaddr is the third word of a 64-bit header and of a 32-bit one, whose fields before it are type and offset.
    const addressOf = (type: number): bigint | null => {
      for (let i = 0n; i < count && i < MAX_SEGMENTS; i++) {
        const at = headers + i * stride;
        if (this.#memory.readWord(at, 4) === BigInt(type)) return this.#word(at + 2n * this.#step);
      }
      return null;
    };
    const dynamic = addressOf(PT_DYNAMIC);
    if (dynamic === null) return null;
    // The headers say where they are themselves: the difference is how far the program was moved.
    return dynamic + headers - (addressOf(PT_PHDR) ?? headers);
  }

  debugStructure(dynamic: bigint): bigint | null {
    for (let i = 0; i < MAX_DYNAMIC_ENTRIES; i++) {
      const at = dynamic + BigInt(i) * 2n * this.#step;
      const tag = this.#word(at);
      if (tag === null || tag === DT_NULL) return null;
      if (tag === DT_DEBUG) return this.#word(at + this.#step);
    }
    return null;
  }

  /** r_debug: a version, then the first link_map: the address difference, name, dynamic section, next. */
  *libraries(debug: bigint): Generator<LinkedLibrary> {
    let entry = this.#word(debug + this.#step);
    for (let i = 0; i < MAX_LIBRARIES && entry !== null && entry !== 0n; i++) {
      const nameAt = this.#word(entry + this.#step);
      const dynamicAt = this.#word(entry + 2n * this.#step);
      if (nameAt === null || dynamicAt === null) return;
      const name = this.#text(nameAt);
      if (name !== '') yield { name, dynamicAt };
      entry = this.#word(entry + 3n * this.#step);
    }
  }

  #word(address: bigint): bigint | null {
    return this.#memory.readWord(address, this.#wordBytes);
  }

  #text(address: bigint): string {
    const bytes = this.#memory.readUpTo(address, MAX_NAME_BYTES);
    const end = bytes?.indexOf(0) ?? -1;
    return bytes === null || end < 0 ? '' : Buffer.from(bytes.subarray(0, end)).toString('utf8');
  }
}
