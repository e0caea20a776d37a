import type { Level } from '../job/finding.js';
import { CHECKS, entropyOf } from './checks.js';
import type { TokenRule } from './token-rule.js';

export interface ReadToken {
  readonly text: string;
  readonly level: Level;
}

/** No rule has a longer one. */
export const TOKEN_CHARACTERS = 8 * 1024;

const compiled = new Map<TokenRule, RegExp>();

/** The token that begins `text` with `anchor`; null for what only looks like one. */
export function readToken(rule: TokenRule, anchor: string, text: string): ReadToken | null {
  let pattern = compiled.get(rule);
  if (pattern === undefined) compiled.set(rule, (pattern = new RegExp(`(?:${rule.tail})(?![A-Za-z0-9_])`, 'y')));
  pattern.lastIndex = anchor.length;
  const found = pattern.exec(text);
  if (found === null) return null;
  const token = anchor + found[0];
  if (rule.entropy !== undefined && entropyOf(found[0]) < rule.entropy) return null;
  const level = rule.check === undefined ? (rule.level ?? 1) : CHECKS[rule.check](token);
  return level === null ? null : { text: token, level };
}
