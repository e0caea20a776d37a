import type { Cpu } from '@crashkeep/snapshot';

const LETTERED = ['ax', 'bx', 'cx', 'dx', 'si', 'di', 'bp', 'sp'];

/** From every spelling that an instruction may use to the register's whole name, as contexts have it. */
const SPELLINGS: Readonly<Partial<Record<Cpu, ReadonlyMap<string, string>>>> = {
  amd64: new Map([
    ...LETTERED.flatMap((name) => named(`r${name}`, [`r${name}`, `e${name}`, name, ...byteNames(name), `${name}l`])),
    ...numbered(8, 15).flatMap((n) => named(`r${n}`, [`r${n}`, `r${n}d`, `r${n}w`, `r${n}b`])),
  ]),
  x86: new Map(LETTERED.flatMap((name) => named(`e${name}`, [`e${name}`, name, ...byteNames(name)]))),
  arm64: new Map([
    ...numbered(0, 30).flatMap((n) => named(`x${n}`, [`x${n}`, `w${n}`])),
    ...named('x29', ['fp']),
    ...named('x30', ['lr']),
    ...named('sp', ['sp', 'wsp']),
  ]),
  arm: new Map([
    ...numbered(0, 12).flatMap((n) => named(`r${n}`, [`r${n}`])),
    ...named('r9', ['sb']),
    ...named('r10', ['sl']),
    ...named('r11', ['fp']),
    ...named('r12', ['ip']),
    ...named('sp', ['sp', 'r13']),
    ...named('lr', ['lr', 'r14']),
  ]),
};

/** Names of general registers as they are disclosed, over all CPUs; the program counter is not among them. */
export const REGISTER_NAMES: readonly string[] = [
  ...new Set(Object.values(SPELLINGS).flatMap((spellings) => [...spellings.values()])),
];

/** The general registers that an instruction's operands name, whole, each once, in their order. */
export function registersNamed(cpu: Cpu, operands: string): string[] {
  const spellings = SPELLINGS[cpu];
  const words = operands.match(/[a-z][a-z0-9]*/g) ?? [];
  return [...new Set(words.flatMap((word) => spellings?.get(word) ?? []))];
}

/** `al` and `ah` of ax; the others have only the low one, spelled `sil`. */
function byteNames(name: string): string[] {
  return name.endsWith('x') ? [`${name.charAt(0)}l`, `${name.charAt(0)}h`] : [];
}

function named(whole: string, spellings: readonly string[]): [string, string][] {
  return spellings.map((spelling) => [spelling, whole]);
}

function numbered(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, i) => String(first + i));
}
