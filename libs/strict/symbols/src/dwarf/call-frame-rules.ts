import type { Cpu } from '@crashkeep/snapshot';
import type { FormBuilder } from '../form/form-builder.js';
import type { CfaRule, CfiRule, RegisterRule } from '../unwind-rule.js';
import { type CallFrameSection, type FrameDescription, readCallFrames } from './call-frame-entries.js';
import { type CfaColumn, type ColumnRule, type FrameTable, runCallFrameProgram } from './call-frame-program.js';
import { matchPlt, matchRegisterPlace } from './frame-expression.js';
import { type FrameRegisters, frameRegistersOf } from './frame-registers.js';
import { unlessDamaged } from './section-reader.js';

const ADDRESS_END = 0xffff_ffff;
const ROWS_MAX = 65_536;

/** Adds what .eh_frame or .debug_frame say; gives how many entries and rules were damaged or of shapes that are not allowed. */
export function addCallFrames(section: CallFrameSection, base: number, cpu: Cpu, builder: FormBuilder): number {
  const registers = frameRegistersOf(cpu);
  if (registers === null) return 0;
  let dropped = 0;
  const damaged = readCallFrames(section, (entry) => {
    const [start, end] = [entry.start - base, entry.end - base];
    if (!(start >= 0 && end > start && end <= ADDRESS_END)) return;
    const rows = unlessDamaged(() => rowsOf(entry, base, registers, builder));
    if (rows === null) dropped++;
    else {
      dropped += rows.filter(({ rule }) => rule === 0).length;
      builder.cfi.addRange(start, end, rows);
    }
  });
  return damaged + dropped;
}

function rowsOf(
  entry: FrameDescription,
  base: number,
  registers: FrameRegisters,
  builder: FormBuilder,
): { address: number; rule: number }[] {
  const rows: { address: number; rule: number }[] = [];
  runCallFrameProgram(entry, (address, table) => {
    if (rows.length >= ROWS_MAX) return;
    const rule = ruleOf(table, entry, registers);
    rows.push({ address: address - base, rule: rule === null ? 0 : builder.rule(rule) });
  });
  return rows;
}

function ruleOf({ cfa, columns }: FrameTable, { common }: FrameDescription, registers: FrameRegisters): CfiRule | null {
  const cfaRule = cfa === null ? null : cfaRuleOf(cfa, registers);
  const returnAddress = returnAddressRule(
    columns.get(common.returnAddressColumn),
    common.returnAddressColumn,
    registers,
  );
  if (cfaRule === null || returnAddress === null) return null;
  const rules = new Map<number, RegisterRule>();
  for (const [column, rule] of columns) {
    const register = registers.numberOf(column);
    const isReturnAddress = column === common.returnAddressColumn || register === registers.instructionPointer;
    if (register === undefined || isReturnAddress) continue;
    rules.set(register, registerRule(rule, register, registers) ?? { kind: 'undefined' });
  }
  return {
    ...{ kind: 'cfi', cfa: cfaRule, returnAddress, signalFrame: common.isSignalFrame },
    registers: [...rules].sort(([a], [b]) => a - b),
  };
}

function cfaRuleOf(cfa: CfaColumn, registers: FrameRegisters): CfaRule | null {
  if (cfa.kind === 'register') {
    const register = registers.numberOf(cfa.register);
    return register === undefined ? null : { kind: 'register', register, offset: cfa.offset };
  }
  const place = matchRegisterPlace(cfa.expression);
  if (place === null) return matchPlt(cfa.expression, registers.stackPointer, registers.instructionPointer);
  const register = registers.numberOf(place.register);
  if (register === undefined) return null;
  return { kind: place.loaded ? 'at-register' : 'register', register, offset: place.offset };
}

/** Without a rule, or with "same value", it is still in the link register; where there is none, nothing can be said. */
function returnAddressRule(
  rule: ColumnRule | undefined,
  column: number,
  registers: FrameRegisters,
): RegisterRule | null {
  if (rule === undefined || rule.kind === 'same')
    return column === registers.link ? { kind: 'register', register: registers.link } : null;
  const found = registerRule(rule, registers.instructionPointer, registers);
  return found === null || found.kind === 'cfa' ? null : found;
}

/** Null for a shape that is not allowed. */
function registerRule(rule: ColumnRule, target: number, registers: FrameRegisters): RegisterRule | null {
  const isStackPointer = target === registers.stackPointer;
  switch (rule.kind) {
    case 'undefined':
      return { kind: 'undefined' };
    case 'same':
      return { kind: 'register', register: target };
    case 'offset':
      return { kind: 'at-cfa', offset: rule.offset };
    case 'value-offset':
      return isStackPointer ? { kind: 'cfa', offset: rule.offset } : null;
    case 'register': {
      const register = registers.numberOf(rule.register);
      return register === undefined || register === registers.stackPointer ? null : { kind: 'register', register };
    }
    case 'expression': {
      const place = matchRegisterPlace(rule.expression);
      const register = place === null || place.loaded ? undefined : registers.numberOf(place.register);
      return register === undefined ? null : { kind: 'at-register', register, offset: place?.offset ?? 0 };
    }
    case 'value-expression': {
      const place = matchRegisterPlace(rule.expression);
      const register = place?.loaded === true ? registers.numberOf(place.register) : undefined;
      return register === undefined ? null : { kind: 'at-register', register, offset: place?.offset ?? 0 };
    }
  }
}
