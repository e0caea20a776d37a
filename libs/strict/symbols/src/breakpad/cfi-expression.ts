import type { RegisterFile } from '../register-file.js';
import type { CfaRule, RegisterRule } from '../unwind-rule.js';

/** What an expression may compute: a place relative to a register or the CFA, or the word there. */
type Value =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'place'; readonly register: number | 'cfa'; readonly offset: number }
  | { readonly kind: 'word'; readonly register: number | 'cfa'; readonly offset: number }
  | { readonly kind: 'undefined' };

const OFFSET_MAX = 0x7fff_ffff;

/** The CFA's rule, or null for a shape that is not allowed. */
export function compileCfa(tokens: readonly string[], registers: RegisterFile): CfaRule | null {
  const value = evaluate(tokens, registers);
  if (value === null || value.kind === 'constant' || value.kind === 'undefined' || value.register === 'cfa')
    return null;
  const { register, offset } = value;
  return value.kind === 'word' ? { kind: 'at-register', register, offset } : { kind: 'register', register, offset };
}

/**
 * A register's rule, or null for a shape that is not allowed. `target` is the register's number, or `ra`. Nothing that was
 * computed may reach a return address: of a module at a fixed address, a small secret plus a constant would be shown as an offset.
 */
export function compileRegister(
  tokens: readonly string[],
  target: number | 'ra',
  registers: RegisterFile,
): RegisterRule | null {
  const value = evaluate(tokens, registers);
  if (value === null || value.kind === 'constant') return null;
  if (value.kind === 'undefined') return { kind: 'undefined' };
  const { register, offset } = value;
  if (value.kind === 'word') {
    return register === 'cfa' ? { kind: 'at-cfa', offset } : { kind: 'at-register', register, offset };
  }
  const isStackPointer = register === 'cfa' || register === registers.stackPointer;
  if (isStackPointer && target !== registers.stackPointer) return null;
  if (register === 'cfa') return { kind: 'cfa', offset };
  return offset === 0 ? { kind: 'register', register } : null;
}

/** Runs the postfix program on shapes instead of numbers; null where it leaves the allowed ones. */
function evaluate(tokens: readonly string[], registers: RegisterFile): Value | null {
  const stack: Value[] = [];
  for (const token of tokens) {
    const value = step(token, stack, registers);
    if (value === null || stack.length > 3) return null;
    stack.push(value);
  }
  return stack.length === 1 ? (stack[0] ?? null) : null;
}

function step(token: string, stack: Value[], registers: RegisterFile): Value | null {
  if (token === '+' || token === '-') return add(stack.pop(), stack.pop(), token === '-');
  if (token === '^') {
    const place = stack.pop();
    return place?.kind === 'place' ? { ...place, kind: 'word' } : null;
  }
  if (token === '.cfa') return { kind: 'place', register: 'cfa', offset: 0 };
  if (token === '.undef') return { kind: 'undefined' };
  // dump_syms says so of "same value": on ARM the return address is in the link register again, in an epilogue.
  if (token === '.ra') return registers.linkRegister === null ? null : place(registers.linkRegister);
  if (/^[+-]?\d+$/.test(token)) return constant(Number(token));
  const register = registers.numberOf(token.startsWith('$') ? token.slice(1) : token);
  return register === undefined ? null : place(register);
}

function add(right: Value | undefined, left: Value | undefined, negate: boolean): Value | null {
  if (left === undefined || right === undefined) return null;
  if (right.kind === 'constant') return shift(left, negate ? -right.value : right.value);
  return left.kind === 'constant' && !negate ? shift(right, left.value) : null;
}

function shift(value: Value, by: number): Value | null {
  if (value.kind === 'constant') return constant(value.value + by);
  if (value.kind !== 'place') return null;
  const offset = value.offset + by;
  return Math.abs(offset) > OFFSET_MAX ? null : { ...value, offset };
}

function constant(value: number): Value | null {
  return Math.abs(value) > OFFSET_MAX ? null : { kind: 'constant', value };
}

function place(register: number): Value {
  return { kind: 'place', register, offset: 0 };
}
