export type EnvelopeErrorCode =
  | 'envelope.malformed-header'
  | 'envelope.malformed-recipient'
  | 'envelope.malformed-identity'
  | 'envelope.wrong-identity'
  | 'envelope.wrong-mac'
  | 'envelope.wrong-binding'
  | 'envelope.already-bound'
  | 'envelope.wrong-chunk'
  | 'envelope.wrong-size'
  | 'envelope.out-of-range'
  | 'envelope.already-finished';

/** Why something cannot be sealed or opened. The text is the code: it never quotes input, keys or plaintext. */
export class EnvelopeError extends Error {
  constructor(readonly code: EnvelopeErrorCode) {
    super(code);
    this.name = 'EnvelopeError';
  }
}
