import { isAlignment } from '../form/rule-codec.js';
import type { WinFrameRule, WinPlace } from '../unwind-rule.js';

export interface WinSizes {
  readonly parameterBytes: number;
  readonly localBytes: number;
  readonly savedBytes: number;
}

type Value =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'place'; readonly place: WinPlace }
  | { readonly kind: 'word'; readonly place: WinPlace }
  /** That register of the callee, unchanged. */
  | { readonly kind: 'same'; readonly register: string }
  | { readonly kind: 'undefined' };

/** On the stack while it runs: a variable's name, until an operator wants its value. */
type Operand = string | Value;

const OFFSET_MAX = 0x7fff_ffff;
const TOKENS_MAX = 256;

/**
 * Compiles a STACK WIN frame data program (`$T0 $ebp = $eip $T0 4 + ^ = …`): runs it on places instead of numbers. Null where
 * the return address is not a stack word, the stack pointer not a place, or a step is not one that linkers write. Registers
 * that come out as anything but a stack word, or unchanged, are unknown in the caller.
 */
export function compileWinProgram(program: string, sizes: WinSizes): WinFrameRule | null {
  const tokens = program.split(/\s+/).flatMap(splitAssignment);
  if (tokens.length > TOKENS_MAX) return null;
  const variables = initialVariables(sizes);
  const stack: Operand[] = [];
  for (const token of tokens) {
    if (token !== '' && !step(token, stack, variables)) return null;
  }
  const [returnAddress, stackPointer] = [variables.get('$eip'), variables.get('$esp')];
  if (returnAddress?.kind !== 'word' || stackPointer?.kind !== 'place') return null;
  const saved = (name: string): WinPlace | null | undefined => savedRegister(name, variables.get(name));
  return {
    ...{ kind: 'win-frame', ...sizes, realigned: tokens.includes('@') },
    ...{ returnAddressAt: returnAddress.place, stackPointer: stackPointer.place },
    ...{ ebp: saved('$ebp'), ebx: saved('$ebx'), esi: saved('$esi'), edi: saved('$edi') },
  };
}

/** Some toolchains write `=$T1` for `= $T1`. */
function splitAssignment(token: string): string[] {
  return token.length > 1 && token.startsWith('=') ? ['=', token.slice(1)] : [token];
}

function initialVariables(sizes: WinSizes): Map<string, Value> {
  const place = (base: WinPlace['base']): Value => ({ kind: 'place', place: { base, offset: 0, align: 1, after: 0 } });
  return new Map<string, Value>([
    ['$esp', place('esp')],
    ['$ebp', place('ebp')],
    ...['$ebx', '$esi', '$edi'].map((register): [string, Value] => [register, { kind: 'same', register }]),
    ['.raSearch', place('ra-search')],
    ['.raSearchStart', place('ra-search')],
    ['.cbParams', { kind: 'constant', value: sizes.parameterBytes }],
    ['.cbSavedRegs', { kind: 'constant', value: sizes.savedBytes }],
    ['.cbLocals', { kind: 'constant', value: sizes.localBytes }],
  ]);
}

function savedRegister(name: string, value: Value | undefined): WinPlace | null | undefined {
  if (value?.kind === 'same') return value.register === name ? null : undefined;
  if (value?.kind === 'word') return value.place;
  const isOwn = value?.kind === 'place' && `$${value.place.base}` === name;
  return isOwn && value.place.offset === 0 && value.place.align === 1 ? null : undefined;
}

/** False where the program must be refused. */
function step(token: string, stack: Operand[], variables: Map<string, Value>): boolean {
  if (token === '=') return assign(stack, variables);
  if (token === '^' || token === '+' || token === '-' || token === '@') {
    const right = valueOf(stack.pop(), variables);
    const value = token === '^' ? load(right) : combine(token, valueOf(stack.pop(), variables), right);
    if (value !== null) stack.push(value);
    return value !== null;
  }
  if (token === '.undef') stack.push({ kind: 'undefined' });
  else if (token.startsWith('$') || token.startsWith('.')) stack.push(token);
  else if (/^-?\d{1,10}$/.test(token)) stack.push({ kind: 'constant', value: Number(token) });
  else return false;
  return true;
}

function assign(stack: Operand[], variables: Map<string, Value>): boolean {
  const value = stack.pop();
  const name = stack.pop();
  if (typeof name !== 'string') return false;
  const resolved = valueOf(value, variables);
  if (resolved === null) return false;
  variables.set(name, resolved);
  return true;
}

function valueOf(operand: Operand | undefined, variables: ReadonlyMap<string, Value>): Value | null {
  if (operand === undefined) return null;
  return typeof operand === 'string' ? (variables.get(operand) ?? null) : operand;
}

function load(value: Value | null): Value | null {
  return value?.kind === 'place' ? { kind: 'word', place: value.place } : null;
}

function combine(operator: '+' | '-' | '@', left: Value | null, right: Value | null): Value | null {
  if (left === null || right === null) return null;
  if (operator === '+' && left.kind === 'constant') return shift(right, left.value);
  if (right.kind !== 'constant') return null;
  if (operator !== '@') return shift(left, operator === '-' ? -right.value : right.value);
  if (left.kind !== 'place' || left.place.align !== 1 || !isAlignment(right.value)) return null;
  return { kind: 'place', place: { ...left.place, align: right.value } };
}

function shift(value: Value, by: number): Value | null {
  if (value.kind === 'constant') return { kind: 'constant', value: value.value + by };
  // A saved register is found from another one's word at times; linkers do not write that, forgers may.
  if (value.kind !== 'place') return null;
  const { place } = value;
  const moved = place.align === 1 ? { ...place, offset: place.offset + by } : { ...place, after: place.after + by };
  return Math.abs(moved.offset) > OFFSET_MAX || Math.abs(moved.after) > OFFSET_MAX
    ? null
    : { kind: 'place', place: moved };
}
