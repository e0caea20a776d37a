import { SymbolsError } from '../symbols-error.js';
import type { SectionReader } from './section-reader.js';

export interface AttributeSpec {
  readonly attribute: number;
  readonly form: number;
  /** Of DW_FORM_implicit_const. */
  readonly constant: number;
}

export interface Abbreviation {
  readonly tag: number;
  readonly hasChildren: boolean;
  readonly attributes: readonly AttributeSpec[];
}

const ABBREVIATIONS_MAX = 100_000;
const ATTRIBUTES_MAX = 256;
const IMPLICIT_CONST = 0x21;

export function readAbbreviations(reader: SectionReader): Map<number, Abbreviation> {
  const abbreviations = new Map<number, Abbreviation>();
  for (let code = reader.uleb(); code !== 0; code = reader.uleb()) {
    if (abbreviations.size >= ABBREVIATIONS_MAX) throw new SymbolsError('symbols.damaged-image');
    const tag = reader.uleb();
    const hasChildren = reader.u8() !== 0;
    const attributes: AttributeSpec[] = [];
    for (;;) {
      const [attribute, form] = [reader.uleb(), reader.uleb()];
      const constant = form === IMPLICIT_CONST ? reader.sleb() : 0;
      if (attribute === 0 && form === 0) break;
      if (attributes.length >= ATTRIBUTES_MAX) throw new SymbolsError('symbols.damaged-image');
      attributes.push({ attribute, form, constant });
    }
    abbreviations.set(code, { tag, hasChildren, attributes });
  }
  return abbreviations;
}
