/** What a word of that pattern tells of the memory that held it. */
export type PoisonKind = 'freed' | 'uninitialised';

interface Poison {
  /** The pattern's bytes, as often as a word needs them. */
  readonly pattern: string;
  readonly kind: PoisonKind;
  readonly by: string;
}

/** Patterns that allocators and compilers put where no value is, and who does. */
const POISONS: readonly Poison[] = [
  { pattern: 'dd', kind: 'freed', by: "Microsoft's debug heap; Chromium's PartitionAlloc" },
  { pattern: 'feee', kind: 'freed', by: 'HeapFree under a debugger' },
  { pattern: 'e5', kind: 'freed', by: "Firefox's mozjemalloc, which fills what it frees" },
  { pattern: '5a', kind: 'freed', by: 'jemalloc with junk filling, FreeBSD' },
  { pattern: '55', kind: 'freed', by: 'MallocScribble of macOS' },
  { pattern: 'ef', kind: 'freed', by: 'BackupRefPtr of Chromium: freed while a pointer to it lived' },
  { pattern: '6b', kind: 'freed', by: "Linux's slab allocator" },
  { pattern: 'deadbeef', kind: 'freed', by: 'by hand, in many programs' },
  { pattern: 'feedface', kind: 'uninitialised', by: 'by hand, in many programs' },
  { pattern: 'cd', kind: 'uninitialised', by: "Microsoft's debug heap, fresh from the heap" },
  { pattern: 'cc', kind: 'uninitialised', by: "Microsoft's compiler with /RTC, fresh on the stack" },
  { pattern: 'aa', kind: 'uninitialised', by: '-ftrivial-auto-var-init=pattern; MallocPreScribble of macOS' },
  { pattern: 'fd', kind: 'uninitialised', by: "the fences of Microsoft's debug heap: read past a block's end" },
  { pattern: 'ab', kind: 'uninitialised', by: "HeapAlloc's fence behind a block" },
  { pattern: 'a5', kind: 'uninitialised', by: 'jemalloc with junk filling' },
  { pattern: 'be', kind: 'uninitialised', by: "AddressSanitizer's fresh memory" },
  { pattern: 'baadf00d', kind: 'uninitialised', by: 'LocalAlloc of Windows' },
];

/** A member of a poisoned object lies behind the pattern: as far as an access is believed to reach. */
const REACH = 4096n;

interface PoisonWord {
  readonly value: bigint;
  readonly kind: PoisonKind;
}

const WORDS = { 4: wordsOf(4), 8: wordsOf(8) } as const;

/** Null where the value is no such pattern, nor a little above or below one. */
export function poisonKind(value: bigint, wordBytes: 4 | 8): PoisonKind | null {
  const found = WORDS[wordBytes].find((word) => value >= word.value - REACH && value <= word.value + REACH);
  return found?.kind ?? null;
}

/** The pattern, as often as it goes into a word. */
function wordsOf(wordBytes: 4 | 8): PoisonWord[] {
  return POISONS.map(({ pattern, kind }) => ({
    value: BigInt(`0x${pattern.repeat((wordBytes * 2) / pattern.length)}`),
    kind,
  }));
}
