/** A closed vocabulary of what cannot be walked at all; the message is the code. All are the sender's fault, none is worth a retry. */
export type ElfCoreErrorCode =
  'elfcore.bad-magic' | 'elfcore.not-a-core' | 'elfcore.truncated-header' | 'elfcore.truncated-segments';

export class ElfCoreError extends Error {
  override readonly name = 'ElfCoreError';
  constructor(readonly code: ElfCoreErrorCode) {
    super(code);
  }
}
