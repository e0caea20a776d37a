import { type IdentityErrorCode, IdentityError } from '@crashkeep/identity';
import { LenientStoreError } from '@crashkeep/lenient-store';
import { Problem, type ProblemFacts } from '@crashkeep/platform';

export type ConsoleErrorCode = 'console.wrong-credentials' | 'console.bad-cursor' | 'console.too-many-listeners';

type Facts = Omit<ProblemFacts, 'code' | 'blame' | 'retry'>;

const FACTS: { readonly [C in ConsoleErrorCode | IdentityErrorCode]: Facts } = {
  'console.wrong-credentials': { status: 401, title: 'Login and password do not go together.' },
  'console.bad-cursor': { status: 400, title: 'This page cannot be continued. Read the list from its beginning.' },
  'console.too-many-listeners': { status: 429, title: 'Too many pages listen for you. Close some.', retryAfter: 60 },
  'identity.login-taken': { status: 409, title: 'Somebody has this login already.' },
  'identity.password-too-short': { status: 400, title: 'The password is too short. Take twelve characters or more.' },
  'identity.password-too-long': { status: 400, title: 'The password is too long. Take at most 256 characters.' },
  'identity.link-unusable': { status: 410, title: 'This link was used, replaced, or is too old. Ask for a new one.' },
  'identity.person-unknown': { status: 404, title: 'There is nobody here by that id.' },
  'identity.project-unknown': { status: 404, title: 'There is no such project here.' },
  'identity.passkey-refused': { status: 400, title: 'This passkey was not accepted.' },
  'identity.passkey-known': { status: 409, title: 'This passkey is enrolled already.' },
};

export const consoleProblem = (code: ConsoleErrorCode | IdentityErrorCode): Problem =>
  new Problem({ code, ...FACTS[code], blame: 'sender', retry: false });

/** Runs a handler's work; refusals of the libraries become problems, all else stays what it is. */
export async function answering<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof IdentityError) throw consoleProblem(error.code);
    if (error instanceof LenientStoreError) throw consoleProblem('console.bad-cursor');
    throw error;
  }
}
