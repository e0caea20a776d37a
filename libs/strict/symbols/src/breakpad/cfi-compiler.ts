import type { FormBuilder } from '../form/form-builder.js';
import type { RegisterFile } from '../register-file.js';
import type { CfaRule, CfiRule, RegisterRule } from '../unwind-rule.js';
import { compileCfa, compileRegister } from './cfi-expression.js';

/** Bytes of steps that are remembered: real files have some thousands of steps, a hostile one as many as it has lines. */
const REMEMBERED_BYTES_MAX = 64 * 1024 * 1024;
const STATE_BYTES = 512;
const RULES_LENGTH_MAX = 4096;

/** What a range's rules say at one place. Equal steps from one state lead to one state, which was compiled once. */
export interface CfiState {
  readonly cfa: CfaRule | null;
  readonly returnAddress: RegisterRule | null;
  readonly registers: ReadonlyMap<number, RegisterRule>;
  /** Of the rule in the form; 0 where there is none to have. */
  readonly reference: number;
  readonly next: Map<string, CfiState>;
}

/** Compiles the rules of STACK CFI records, each a step from the state before it. */
export class CfiCompiler {
  /** Rules of shapes that are not allowed. */
  droppedRules = 0;
  readonly #registers: RegisterFile;
  readonly #builder: FormBuilder;
  #start: CfiState;
  #remembered = 0;

  constructor(registers: RegisterFile, builder: FormBuilder) {
    this.#registers = registers;
    this.#builder = builder;
    this.#start = emptyState();
  }

  get start(): CfiState {
    return this.#start;
  }

  /** The state after `rules`; null where they are no rules at all, and then nothing after them is either. */
  step(from: CfiState, rules: string): CfiState | null {
    const known = from.next.get(rules);
    if (known !== undefined) return known;
    const assigned = splitRules(rules);
    if (assigned === null) return null;
    const state = this.#apply(from, assigned);
    this.#remembered += STATE_BYTES + rules.length;
    if (this.#remembered > REMEMBERED_BYTES_MAX) {
      this.#remembered = 0;
      this.#start = emptyState();
    }
    from.next.set(rules, state);
    return state;
  }

  #apply(from: CfiState, assigned: ReadonlyMap<string, readonly string[]>): CfiState {
    let { cfa, returnAddress } = from;
    const registers = new Map(from.registers);
    for (const [target, tokens] of assigned) {
      if (target === '.cfa') cfa = this.#counted(compileCfa(tokens, this.#registers));
      else if (target === '.ra') returnAddress = this.#counted(compileRegister(tokens, 'ra', this.#registers));
      else {
        const number = this.#registers.numberOf(target.startsWith('$') ? target.slice(1) : target);
        if (number === undefined || number === this.#registers.instructionPointer) continue;
        const rule = this.#counted(compileRegister(tokens, number, this.#registers));
        registers.set(number, rule ?? { kind: 'undefined' });
      }
    }
    return {
      cfa,
      returnAddress,
      registers,
      reference: this.#reference(cfa, returnAddress, registers),
      next: new Map(),
    };
  }

  #counted<Rule>(rule: Rule | null): Rule | null {
    if (rule === null) this.droppedRules++;
    return rule;
  }

  #reference(
    cfa: CfaRule | null,
    returnAddress: RegisterRule | null,
    registers: ReadonlyMap<number, RegisterRule>,
  ): number {
    if (cfa === null || returnAddress === null) return 0;
    const sorted = [...registers].sort(([a], [b]) => a - b);
    const rule: CfiRule = { kind: 'cfi', cfa, returnAddress, registers: sorted, signalFrame: false };
    return this.#builder.rule(rule);
  }
}

function emptyState(): CfiState {
  return { cfa: null, returnAddress: null, registers: new Map(), reference: 0, next: new Map() };
}

/** `REG: token token REG: …` by register, the last one of each; null where that is not what stands there. */
function splitRules(rules: string): Map<string, readonly string[]> | null {
  if (rules.length > RULES_LENGTH_MAX) return null;
  const assigned = new Map<string, readonly string[]>();
  let tokens: string[] | null = null;
  for (const token of rules.split(/[ \t\f]+/)) {
    if (token === '') continue;
    if (token.endsWith(':')) {
      if (tokens?.length === 0) return null;
      tokens = [];
      assigned.delete(token.slice(0, -1));
      assigned.set(token.slice(0, -1), tokens);
    } else if (tokens === null || tokens.length > 16) return null;
    else tokens.push(token);
  }
  return tokens === null || tokens.length === 0 ? null : assigned;
}
