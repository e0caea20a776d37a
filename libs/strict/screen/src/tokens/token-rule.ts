import type { Level } from '../job/finding.js';

/** Who publishes the shape: see rule-sources.ts. */
export type RuleSource = 'gitleaks' | 'betterleaks' | 'kingfisher' | 'security-utilities' | 'issuer';

/** How the issuer lets a token be checked offline. */
export type TokenCheck = 'github-crc' | 'crc-hex' | 'jwt' | 'age' | 'base58check' | 'aws-id' | 'uri';

/** One sort of token as data: what announces it, what follows, and how one is told from a look-alike. */
export interface TokenRule {
  readonly id: string;
  /** Literals, one of which begins the token: at least three characters that no other text is full of. */
  readonly anchors: readonly string[];
  /** What follows the anchor: every repetition is bounded. The token ends where this ends, and must not go on in word characters. */
  readonly tail: string;
  /** Bits of Shannon entropy a character of the tail; look-alikes and placeholders have fewer. */
  readonly entropy?: number;
  readonly check?: TokenCheck;
  /** Level without a check: 1 for a shape. A check that holds makes it 3, a parsed structure 2. */
  readonly level?: Level;
  readonly source: RuleSource;
}

/** A row of a table of rules. */
export function rule(
  source: RuleSource,
  id: string,
  anchors: string | readonly string[],
  tail: string,
  more: Partial<Pick<TokenRule, 'entropy' | 'check' | 'level'>> = {},
): TokenRule {
  return { source, id, anchors: typeof anchors === 'string' ? [anchors] : anchors, tail, ...more };
}
