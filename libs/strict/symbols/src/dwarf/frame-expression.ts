import type { CfaRule } from '../unwind-rule.js';
import { SectionReader, unlessDamaged } from './section-reader.js';

const BREG0 = 0x70;
const BREG31 = 0x8f;
const BREGX = 0x92;
const DEREF = 0x06;
const LIT0 = 0x30;
const LIT31 = 0x4f;

/** A DWARF expression of one of the shapes that compilers write: a register + offset, or the word there. */
export interface RegisterPlace {
  /** By DWARF's number. */
  readonly register: number;
  readonly offset: number;
  readonly loaded: boolean;
}

/** Null for an expression of any other shape. */
export function matchRegisterPlace(expression: Uint8Array): RegisterPlace | null {
  return unlessDamaged(() => {
    const reader = new SectionReader(expression);
    const base = readBase(reader);
    if (base === null) return null;
    if (reader.atEnd()) return { ...base, loaded: false };
    return reader.u8() === DEREF && reader.atEnd() ? { ...base, loaded: true } : null;
  });
}

/**
 * The linker's PLT: `sp + word + ((pc & 15) >= n ? word : 0)`, as the words breg sp, breg pc, lit15, and, lit n, ge, lit log2(word),
 * shl, plus. Null for any other expression.
 */
export function matchPlt(
  expression: Uint8Array,
  stackPointer: number,
  instructionPointer: number,
): Extract<CfaRule, { kind: 'plt' }> | null {
  return unlessDamaged(() => {
    const reader = new SectionReader(expression);
    const [sp, pc] = [readBase(reader), readBase(reader)];
    if (sp?.register !== stackPointer || pc?.register !== instructionPointer || pc.offset !== 0) return null;
    const [mask, and, pivot, ge, shift, shl, plus] = Array.from({ length: 7 }, () => reader.u8());
    const isPlt = mask === LIT0 + 15 && and === 0x1a && ge === 0x2a && shl === 0x24 && plus === 0x22 && reader.atEnd();
    if (!isPlt || pivot === undefined || pivot < LIT0 || pivot > LIT31) return null;
    return shift === LIT0 + 3 || shift === LIT0 + 2 ? { kind: 'plt', offset: sp.offset, pivot: pivot - LIT0 } : null;
  });
}

function readBase(reader: SectionReader): { register: number; offset: number } | null {
  const operation = reader.u8();
  if (operation >= BREG0 && operation <= BREG31) return { register: operation - BREG0, offset: reader.sleb() };
  return operation === BREGX ? { register: reader.uleb(), offset: reader.sleb() } : null;
}
