import { AI_RULES } from './rules/artificial-intelligence.js';
import { CLOUD_RULES } from './rules/cloud.js';
import { CODE_HOSTING_RULES } from './rules/code-hosting.js';
import { MESSAGING_RULES } from './rules/messaging.js';
import { MICROSOFT_RULES } from './rules/microsoft.js';
import { OPERATION_RULES } from './rules/operations.js';
import { PAYMENT_RULES } from './rules/payments.js';
import { STRUCTURED_RULES } from './rules/structured.js';
import type { TokenRule } from './token-rule.js';

/** All rules. An anchor may begin tokens of several. */
export const TOKEN_RULES: readonly TokenRule[] = [
  ...CODE_HOSTING_RULES,
  ...CLOUD_RULES,
  ...AI_RULES,
  ...PAYMENT_RULES,
  ...MESSAGING_RULES,
  ...OPERATION_RULES,
  ...MICROSOFT_RULES,
  ...STRUCTURED_RULES,
];
