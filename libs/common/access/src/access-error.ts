/** Whose fault a refusal is, and whether the same ask may succeed later. */
interface Fault {
  readonly blame: 'sender' | 'policy' | 'us';
  readonly retry: boolean;
}

const ask: Fault = { blame: 'sender', retry: false };
const rule: Fault = { blame: 'policy', retry: false };
const later: Fault = { blame: 'us', retry: true };

/** Every refusal of the access model: what was asked, who asked, what was signed, and what a read met. */
export const ACCESS_FAULTS = {
  // What was asked.
  'access.reason-too-short': ask,
  'access.reason-too-long': ask,
  'access.reason-unprintable': ask,
  'access.ticket-unfit': ask,
  'access.minutes-out-of-bounds': ask,
  'access.bytes-out-of-bounds': ask,
  'access.thread-unknown': ask,
  'access.range-malformed': ask,
  'access.range-empty': ask,
  'access.range-wraps': ask,
  'access.range-too-long': ask,
  'access.range-not-saved': ask,
  'access.ranges-overlap': ask,
  'access.too-many-ranges': ask,
  'access.not-narrower': ask,
  'access.scope-closed': rule,
  // Who asked, and when.
  'access.not-allowed': rule,
  'access.not-automatic': rule,
  'access.glass-unbreakable': rule,
  'access.review-overdue': rule,
  'access.device-unknown': ask,
  'access.device-revoked': rule,
  'access.device-not-hardened': rule,
  'access.proof-missing': ask,
  'access.proof-refused': ask,
  'access.proof-stale': { blame: 'sender', retry: true },
  'access.proof-replayed': ask,
  'access.proof-other-device': rule,
  'access.too-fast': { blame: 'sender', retry: true },
  'access.separation': rule,
  'access.same-person': rule,
  'access.wrong-state': ask,
  'access.stale-version': ask,
  'access.already-decided': ask,
  // What was signed.
  'access.challenge-unknown': ask,
  'access.credential-unknown': ask,
  'access.assertion-refused': ask,
  'access.statement-unknown': ask,
  'access.statement-own': rule,
  'access.passkey-unsigned': rule,
  // What a read met.
  'access.grant-unknown': ask,
  'access.not-requester': rule,
  'access.not-active': ask,
  'access.expired': rule,
  'access.exhausted': rule,
  'access.revoked': rule,
  'access.over-budget': rule,
  'access.outside-scope': rule,
  'access.read-too-long': ask,
  'access.role-lost': rule,
  'access.approval-missing': rule,
  'access.approval-unsound': rule,
  'access.approver-unfit': rule,
  'access.dump-gone': rule,
  'access.dump-unreadable': later,
  'access.mask-missing': later,
  'access.mask-unsound': rule,
} as const satisfies Record<string, Fault>;

export type AccessErrorCode = keyof typeof ACCESS_FAULTS;

/** Why something is not allowed. The text is the code: it never quotes what was asked. */
export class AccessError extends Error {
  override readonly name = 'AccessError';
  constructor(readonly code: AccessErrorCode) {
    super(code);
  }
}
