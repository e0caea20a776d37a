import type { RuleSource } from './token-rule.js';

export interface SourceOfRules {
  readonly repository: string;
  readonly licence: string;
  readonly commit: string | null;
}

/**
 * Who publishes the shape of a token, under which licence, and the commit that holds it. A shape (prefix, alphabet, length)
 * is a fact; the expressions in `rules/` are written for memory and are our own.
 */
export const RULE_SOURCES: Readonly<Record<RuleSource, SourceOfRules>> = {
  gitleaks: {
    repository: 'https://github.com/gitleaks/gitleaks',
    licence: 'MIT',
    commit: '420a0f55f4a7a03dfe701ceb1f4f66a7c68b26b4',
  },
  betterleaks: {
    repository: 'https://github.com/betterleaks/betterleaks',
    licence: 'MIT',
    commit: '9c2864dc41aaa8f35cc8146583fe42f406144cde',
  },
  kingfisher: {
    repository: 'https://github.com/mongodb/kingfisher',
    licence: 'Apache-2.0',
    commit: 'f2a45c9e1c709008558765c88acfd3f8c0cb3245',
  },
  'security-utilities': {
    repository: 'https://github.com/microsoft/security-utilities',
    licence: 'MIT',
    commit: '8f3e9a2960ca39a3f9bc65217ca5ab0d5b78e7bd',
  },
  // Documents of the issuer, or RFCs.
  issuer: { repository: '', licence: '', commit: null },
};
