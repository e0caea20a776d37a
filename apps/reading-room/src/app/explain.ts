import { explainError } from '@crashkeep/ui';

/** What failed, in a sentence; WebAuthn's own failures too, whose texts are the browser's. */
export function explain(error: unknown): string {
  if (error instanceof Error && error.name === 'NotAllowedError') {
    return 'The passkey was not used. Nothing was sent; try again when you are ready.';
  }
  if (error instanceof Error && error.name === 'InvalidStateError') {
    return 'This device or key is enrolled already.';
  }
  if (error instanceof Error && /^(?:SecurityError|NotSupportedError|WebAuthnError)$/.test(error.name)) {
    return 'This browser cannot use a passkey at this address.';
  }
  return explainError(error).why;
}
