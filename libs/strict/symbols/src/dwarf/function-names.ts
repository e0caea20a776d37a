import { type AttributeValue, textOf } from './attribute-value.js';
import type { DwarfSections } from './dwarf-sections.js';
import { AT, type Entry, readEntries, type Unit } from './units.js';

const SUBPROGRAM = 0x2e;
/** Namespace, class, structure, union: what a name may stand in. */
const SCOPES = new Set([0x39, 0x02, 0x13, 0x17]);
const NAMESPACE = 0x39;
const CHAIN_MAX = 8;
/** What a name costs while it is held, beside its letters. */
const NAME_BYTES = 96;

interface NamedEntry {
  /** The linkage name; else the name with what it stands in. */
  readonly text: string | null;
  /** The entry that says more: a declaration, or what was inlined. */
  readonly reference: number | null;
}

/** Names of functions by the places of their entries in .debug_info. */
export class FunctionNames {
  readonly #entries = new Map<number, NamedEntry>();
  readonly #reserve: (bytes: number) => void;

  constructor(reserve: (bytes: number) => void) {
    this.#reserve = reserve;
  }

  addUnit(unit: Unit, sections: DwarfSections): void {
    const scopes: { readonly depth: number; readonly name: string }[] = [];
    for (const entry of readEntries(unit, sections)) {
      while ((scopes.at(-1)?.depth ?? -1) >= entry.depth) scopes.pop();
      const text = (attribute: number): string | null => textOf(entry.get(attribute), sections, unit.coding);
      if (SCOPES.has(entry.tag)) {
        const name = text(AT.name) ?? (entry.tag === NAMESPACE ? '(anonymous namespace)' : null);
        if (name !== null) scopes.push({ depth: entry.depth, name });
      } else if (entry.tag === SUBPROGRAM) {
        const linkageName = text(AT.linkageName) ?? text(AT.mipsLinkageName);
        const name = linkageName ?? qualified(text(AT.name), scopes);
        this.#reserve(NAME_BYTES + (name?.length ?? 0));
        this.#entries.set(entry.at, { text: name, reference: referenceOf(entry) });
      }
    }
  }

  /** Null where no entry of the chain has a name. */
  at(place: number): string | null {
    let entry = this.#entries.get(place);
    for (let i = 0; i < CHAIN_MAX && entry !== undefined; i++) {
      if (entry.text !== null) return entry.text;
      entry = entry.reference === null ? undefined : this.#entries.get(entry.reference);
    }
    return null;
  }
}

/** The entry that this one is an instance or the definition of. */
export function referenceOf(entry: Entry): number | null {
  const values: (AttributeValue | undefined)[] = [entry.get(AT.origin), entry.get(AT.specification)];
  for (const value of values) if (value?.kind === 'reference') return value.value;
  return null;
}

function qualified(name: string | null, scopes: readonly { readonly name: string }[]): string | null {
  return name === null ? null : [...scopes.map((scope) => scope.name), name].join('::');
}
