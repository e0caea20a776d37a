import type { Cursor } from '@crashkeep/snapshot';
import type { Location } from '../directory.js';
import { type DumpFile, tolerate } from '../dump-file.js';
import { MAX_ANNOTATIONS, MAX_MESSAGES, MAX_MODULES } from '../limits.js';
import { StreamType } from '../stream-type.js';

/** What Crashpad's client set, of the process and of its modules. */
export interface CrashpadInfo {
  /** The first value of a key wins: the process's own, then its modules' in their order. */
  readonly annotations: ReadonlyMap<string, string>;
  /** Strings without a key: what a library left for whoever reads the dump. */
  readonly messages: readonly string[];
}

const LINK_BYTES = 12;
const ENTRY_BYTES = 8;
const OBJECT_BYTES = 12;
const STRING_TYPE = 1;
const IDS_BYTES = 32;
/** Crashpad puts its records and strings behind one another: one look ahead covers them nearly always. */
const PREFETCH_BYTES = 64 * 1024;

export function readCrashpadInfo(file: DumpFile): CrashpadInfo {
  const reader = new CrashpadReader(file);
  const stream = file.stream(StreamType.CrashpadInfo);
  if (stream !== null)
    reader.attempt(() => {
      reader.info(stream);
    });
  return reader;
}

class CrashpadReader implements CrashpadInfo {
  readonly annotations = new Map<string, string>();
  readonly messages: string[] = [];
  readonly #file: DumpFile;

  constructor(file: DumpFile) {
    this.#file = file;
  }

  /** One damaged part costs no other. */
  attempt(read: () => void): void {
    tolerate(this.#file, 'minidump.bad-crashpad-info', read, undefined);
  }

  info(stream: Cursor): void {
    // 0 is no version; all later ones begin like 1.
    if (stream.u32() === 0) {
      this.#bad();
      return;
    }
    stream.skip(IDS_BYTES);
    const simple = location(stream);
    const modules = location(stream);
    this.#file.prefetch([simple, modules].map(({ rva }) => ({ offset: rva, length: PREFETCH_BYTES })));
    this.attempt(() => {
      this.#dictionary(simple);
    });
    this.#each(modules, LINK_BYTES, MAX_MODULES, (link) => {
      link.skip(4); // The module, by its place in the list.
      this.#module(location(link));
    });
  }

  #module(place: Location): void {
    const info = this.#file.piece(place);
    if (info === null) {
      this.#bad();
      return;
    }
    info.skip(4);
    const list = location(info);
    const simple = location(info);
    const objects = location(info);
    this.#each(list, 4, MAX_MESSAGES, (entry) => {
      this.#message(entry.u32());
    });
    this.attempt(() => {
      this.#dictionary(simple);
    });
    this.#each(objects, OBJECT_BYTES, MAX_ANNOTATIONS, (entry) => {
      const name = entry.u32();
      const type = entry.u16();
      entry.skip(2);
      const value = entry.u32();
      if (type === STRING_TYPE) this.#annotation(name, value);
    });
  }

  #dictionary(place: Location): void {
    this.#each(place, ENTRY_BYTES, MAX_ANNOTATIONS, (entry) => {
      this.#annotation(entry.u32(), entry.u32());
    });
  }

  /** Records behind a count; a place of no size has none. */
  #each(place: Location, recordBytes: number, most: number, read: (record: Cursor) => void): void {
    if (place.size === 0) return;
    this.attempt(() => {
      const list = this.#file.piece(place);
      if (list === null) {
        this.#bad();
        return;
      }
      const counted = list.u32();
      const count = Math.min(list.roomFor(counted, recordBytes), most);
      if (count < counted) this.#bad();
      for (let i = 0; i < count; i++) read(list);
    });
  }

  #annotation(keyRva: number, valueRva: number): void {
    const key = this.#file.utf8At(keyRva);
    const value = this.#file.utf8At(valueRva);
    if (key === null || value === null) this.#bad();
    else if (!this.annotations.has(key) && this.annotations.size < MAX_ANNOTATIONS) this.annotations.set(key, value);
  }

  #message(rva: number): void {
    const text = this.#file.utf8At(rva);
    if (text === null) this.#bad();
    else if (this.messages.length < MAX_MESSAGES) this.messages.push(text);
  }

  #bad(): void {
    this.#file.problem('minidump.bad-crashpad-info');
  }
}

function location(at: Cursor): Location {
  const size = at.u32();
  return { rva: at.u32(), size };
}
