interface Fault {
  readonly blame: 'sender' | 'us';
  readonly retry: boolean;
}

const sender: Fault = { blame: 'sender', retry: false };

/** Every refusal of this package. The public text is the code's; nothing quotes what was given. */
export const IDENTITY_FAULTS = {
  'identity.login-taken': sender,
  'identity.password-too-short': sender,
  'identity.password-too-long': sender,
  'identity.link-unusable': sender,
  'identity.person-unknown': sender,
  'identity.project-unknown': sender,
  'identity.token-unknown': sender,
  'identity.passkey-refused': sender,
  'identity.passkey-known': sender,
} as const satisfies Record<string, Fault>;

export type IdentityErrorCode = keyof typeof IDENTITY_FAULTS;

/** The message is the code. */
export class IdentityError extends Error {
  constructor(readonly code: IdentityErrorCode) {
    super(code);
    this.name = 'IdentityError';
  }
}
