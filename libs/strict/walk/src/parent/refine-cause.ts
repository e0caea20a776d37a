import type { Instruction } from '@crashkeep/symbols';
import type { WalkResult } from '../walk-result.js';

type Told = WalkResult['cause'];

/** What the faulting instruction of the uploaded image adds to what the dump says by itself. */
export function refineCause({ cause, crashReason, registers }: WalkResult, instruction: Instruction | null): Told {
  if (instruction === null) return cause;
  const [mnemonic = ''] = instruction.text.split(' ');
  if (cause === null && crashReason === 'SIGFPE' && /^[su]?i?div/.test(mnemonic))
    return { cause: 'divided-by-zero', sure: 'strong' };
  if (cause?.cause === 'illegal-instruction' && TRAPS.has(mnemonic)) return { cause: 'trap', sure: cause.sure };
  // Writers that know no address put 0 (core2md): the register that the instruction went through knows better.
  if (cause?.cause !== 'null-pointer') return cause;
  const held = new Map<string, string>(registers);
  const kinds = throughRegisters(instruction.text, instruction.registers).map((name) => held.get(name));
  const isNull = kinds.some((kind) => kind === 'null' || kind === 'small' || kind === undefined);
  if (kinds.length === 0 || isNull) return cause;
  if (kinds.includes('non-canonical')) return { cause: 'non-canonical', sure: 'fair' };
  return cause;
}

/** Instructions that exist to stop a program: compilers put them where it must not go on. */
const TRAPS: ReadonlySet<string> = new Set(['ud2', 'ud1', 'ud0', 'udf', 'brk', 'bkpt', 'int3', 'hlt', 'trap']);

/** Registers that stand between brackets; they are spelled whole there. */
function throughRegisters(text: string, registers: readonly string[]): string[] {
  const places = (text.match(/\[[^\]]*\]/g) ?? []).join(' ');
  const words = new Set(places.match(/[a-z][a-z0-9]*/g) ?? []);
  return registers.filter((name) => words.has(name));
}
