/** A closed vocabulary of what cannot be walked at all; the message is the code. All are the sender's fault, none is worth a retry. */
export type MinidumpErrorCode =
  'minidump.bad-magic' | 'minidump.bad-version' | 'minidump.truncated-header' | 'minidump.truncated-directory';

export class MinidumpError extends Error {
  override readonly name = 'MinidumpError';
  constructor(readonly code: MinidumpErrorCode) {
    super(code);
  }
}
