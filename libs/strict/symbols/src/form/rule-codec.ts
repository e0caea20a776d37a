import { SymbolsError } from '../symbols-error.js';
import type { CfaRule, CfiRule, RegisterRule, WinBase, WinFrameRule, WinPlace, WinRule } from '../unwind-rule.js';
import { ByteReader } from './byte-reader.js';
import { ByteBudget, ByteWriter } from './byte-writer.js';

/** No rule is longer, so that one read of this many bytes holds any. */
export const RULE_BYTES_MAX = 512;

const REGISTER_KINDS = ['undefined', 'register', 'at-cfa', 'at-register', 'cfa'] as const;
const CFA_KINDS = ['register', 'at-register', 'plt'] as const;
const BASES: readonly WinBase[] = ['ebp', 'esp', 'ra-search'];
const WIN_REGISTERS = ['ebp', 'ebx', 'esi', 'edi'] as const;
const KIND = { cfi: 1, signalCfi: 2, winFrame: 3, winFpo: 4 } as const;

export function encodeRule(rule: CfiRule | WinRule): Uint8Array {
  const writer = new ByteWriter(new ByteBudget(RULE_BYTES_MAX * 2));
  if (rule.kind === 'cfi') encodeCfi(writer, rule);
  else if (rule.kind === 'win-frame') encodeWinFrame(writer, rule);
  else {
    writer.byte(KIND.winFpo);
    for (const bytes of [rule.parameterBytes, rule.localBytes, rule.savedBytes]) writer.varint(bytes);
    writer.byte(rule.savesEbp ? 1 : 0);
  }
  return Buffer.concat(writer.chunks());
}

/** `bytes` may go on past the rule. */
export function decodeRule(bytes: Uint8Array): CfiRule | WinRule {
  const reader = new ByteReader(bytes);
  switch (reader.byte()) {
    case KIND.cfi:
      return decodeCfi(reader, false);
    case KIND.signalCfi:
      return decodeCfi(reader, true);
    case KIND.winFrame:
      return decodeWinFrame(reader);
    case KIND.winFpo: {
      const [parameterBytes, localBytes, savedBytes] = [reader.varint(), reader.varint(), reader.varint()];
      return { kind: 'win-fpo', parameterBytes, localBytes, savedBytes, savesEbp: reader.byte() === 1 };
    }
    default:
      throw new SymbolsError('symbols.damaged-form');
  }
}

function encodeCfi(writer: ByteWriter, rule: CfiRule): void {
  writer.byte(rule.signalFrame ? KIND.signalCfi : KIND.cfi);
  writer.byte(CFA_KINDS.indexOf(rule.cfa.kind));
  writer.byte(rule.cfa.kind === 'plt' ? rule.cfa.pivot : rule.cfa.register);
  writer.zigzag(rule.cfa.offset);
  encodeRegister(writer, rule.returnAddress);
  writer.byte(rule.registers.length);
  for (const [register, of] of rule.registers) {
    writer.byte(register);
    encodeRegister(writer, of);
  }
}

function decodeCfi(reader: ByteReader, signalFrame: boolean): CfiRule {
  const kind = CFA_KINDS[reader.byte()];
  const register = reader.byte();
  const offset = reader.zigzag();
  if (kind === undefined) throw new SymbolsError('symbols.damaged-form');
  const cfa: CfaRule = kind === 'plt' ? { kind, offset, pivot: register } : { kind, register, offset };
  const returnAddress = decodeRegister(reader);
  // Only the stack pointer may be computed: a return address that was would show a stack word, shifted into a module.
  if (returnAddress.kind === 'cfa') throw new SymbolsError('symbols.damaged-form');
  const registers = Array.from({ length: reader.byte() }, () => [reader.byte(), decodeRegister(reader)] as const);
  return { kind: 'cfi', cfa, returnAddress, registers, signalFrame };
}

function encodeRegister(writer: ByteWriter, rule: RegisterRule): void {
  writer.byte(REGISTER_KINDS.indexOf(rule.kind));
  if ('register' in rule) writer.byte(rule.register);
  if ('offset' in rule) writer.zigzag(rule.offset);
}

function decodeRegister(reader: ByteReader): RegisterRule {
  const kind = REGISTER_KINDS[reader.byte()];
  switch (kind) {
    case 'undefined':
      return { kind };
    case 'register':
      return { kind, register: reader.byte() };
    case 'at-cfa':
    case 'cfa':
      return { kind, offset: reader.zigzag() };
    case 'at-register':
      return { kind, register: reader.byte(), offset: reader.zigzag() };
    default:
      throw new SymbolsError('symbols.damaged-form');
  }
}

function encodeWinFrame(writer: ByteWriter, rule: WinFrameRule): void {
  writer.byte(KIND.winFrame);
  for (const bytes of [rule.parameterBytes, rule.localBytes, rule.savedBytes]) writer.varint(bytes);
  writer.byte(rule.realigned ? 1 : 0);
  encodePlace(writer, rule.returnAddressAt);
  encodePlace(writer, rule.stackPointer);
  for (const name of WIN_REGISTERS) {
    const place = rule[name];
    writer.byte(place === undefined ? 0 : place === null ? 1 : 2);
    if (place != null) encodePlace(writer, place);
  }
}

function decodeWinFrame(reader: ByteReader): WinFrameRule {
  const [parameterBytes, localBytes, savedBytes] = [reader.varint(), reader.varint(), reader.varint()];
  const realigned = reader.byte() === 1;
  const [returnAddressAt, stackPointer] = [decodePlace(reader), decodePlace(reader)];
  const register = (): WinPlace | null | undefined => {
    const how = reader.byte();
    return how === 0 ? undefined : how === 1 ? null : decodePlace(reader);
  };
  const [ebp, ebx, esi, edi] = [register(), register(), register(), register()];
  return {
    ...{ kind: 'win-frame', parameterBytes, localBytes, savedBytes, realigned },
    ...{ returnAddressAt, stackPointer, ebp, ebx, esi, edi },
  };
}

function encodePlace(writer: ByteWriter, place: WinPlace): void {
  writer.byte(BASES.indexOf(place.base));
  writer.zigzag(place.offset);
  writer.varint(place.align);
  writer.zigzag(place.after);
}

function decodePlace(reader: ByteReader): WinPlace {
  const base = BASES[reader.byte()];
  const place = { offset: reader.zigzag(), align: reader.varint(), after: reader.zigzag() };
  if (base === undefined || !isAlignment(place.align)) throw new SymbolsError('symbols.damaged-form');
  return { base, ...place };
}

/** A power of two that fits a 32-bit address. */
export function isAlignment(value: number): boolean {
  return value >= 1 && value <= 0x8000_0000 && Number.isInteger(Math.log2(value));
}
