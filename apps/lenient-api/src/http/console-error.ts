import type { AlertPostErrorCode } from '../alerts/alert-post-error.js';
import { type IdentityErrorCode, IdentityError } from '@crashkeep/identity';
import { LenientStoreError, type LenientStoreErrorCode } from '@crashkeep/lenient-store';
import { Problem, type ProblemFacts, refused } from '@crashkeep/platform';
import { QueryError } from '@crashkeep/query';

export type ConsoleErrorCode =
  | 'console.wrong-credentials'
  | 'console.bad-cursor'
  | 'console.bad-time'
  | 'console.project-taken'
  | 'console.too-many-listeners'
  | 'search.too-many-names'
  | 'search.too-broad'
  | 'group.merged'
  | 'console.too-many'
  | 'alerts.too-many-rules'
  | AlertPostErrorCode;

type Facts = Omit<ProblemFacts, 'code' | 'blame' | 'retry'>;

const FACTS: { readonly [C in ConsoleErrorCode | IdentityErrorCode]: Facts } = {
  'console.wrong-credentials': { status: 401, title: 'Login and password do not go together.' },
  'console.bad-cursor': { status: 400, title: 'This page cannot be continued. Read the list from its beginning.' },
  'console.project-taken': { status: 409, title: 'There is a project of this id already.' },
  'console.bad-time': { status: 400, title: 'Give days, or from and to, with at most 400 days between them.' },
  'search.too-many-names': { status: 422, title: 'Too many names fit this search. Give more of the name.' },
  'search.too-broad': { status: 422, title: 'This search takes too long. Give a shorter time or one more term.' },
  'group.merged': { status: 409, title: 'This group is part of another one. Take that merge back first.' },
  'console.too-many': { status: 409, title: 'There are as many of these as a project may have.' },
  'console.too-many-listeners': { status: 429, title: 'Too many pages listen for you. Close some.', retryAfter: 60 },
  'alerts.too-many-rules': { status: 409, title: 'This project has as many alert rules as it may. Remove one.' },
  'alerts.mail-off': { status: 409, title: 'No mail server is set up here. Ask whoever runs Crashkeep.' },
  'alerts.mail-refused': { status: 502, title: 'The mail server did not take it.' },
  'alerts.address-refused': {
    status: 409,
    title: 'That address lies inside the own network, which is not allowed here.',
  },
  'alerts.unreachable': { status: 502, title: 'Nobody answered at that address.' },
  'alerts.refused': { status: 502, title: 'The other side answered, and refused it.' },
  'alerts.target-unreadable': { status: 409, title: 'The address can no longer be read. Make the rule anew.' },
  'identity.login-taken': { status: 409, title: 'Somebody has this login already.' },
  'identity.password-too-short': { status: 400, title: 'The password is too short. Take twelve characters or more.' },
  'identity.password-too-long': { status: 400, title: 'The password is too long. Take at most 256 characters.' },
  'identity.link-unusable': { status: 410, title: 'This link was used, replaced, or is too old. Ask for a new one.' },
  'identity.person-unknown': { status: 404, title: 'There is nobody here by that id.' },
  'identity.project-unknown': { status: 404, title: 'There is no such project here.' },
  'identity.token-unknown': { status: 404, title: 'There is no such token, or it was revoked.' },
  'identity.passkey-refused': { status: 400, title: 'This passkey was not accepted.' },
  'identity.passkey-known': { status: 409, title: 'This passkey is enrolled already.' },
};

export const consoleProblem = (code: ConsoleErrorCode | IdentityErrorCode): Problem =>
  new Problem({ code, ...FACTS[code], blame: 'sender', retry: false });

/** Of lenient-store; null: there is nothing of that kind. */
const OF_STORE: { readonly [C in LenientStoreErrorCode]: ConsoleErrorCode | null } = {
  'lenient-store.bad-cursor': 'console.bad-cursor',
  'lenient-store.too-many-names': 'search.too-many-names',
  'lenient-store.too-broad': 'search.too-broad',
  'lenient-store.group-unknown': null,
  'lenient-store.group-merged': 'group.merged',
  'lenient-store.too-many': 'console.too-many',
  'lenient-store.not-there': null,
};

/** Runs a handler's work; refusals of the libraries become problems, all else stays what it is. */
export async function answering<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof IdentityError) throw consoleProblem(error.code);
    if (error instanceof QueryError) throw queryProblem(error);
    if (error instanceof LenientStoreError) {
      const code = OF_STORE[error.code];
      throw code === null ? refused.notFound() : consoleProblem(code);
    }
    throw error;
  }
}

/** Points at the place; what stands there is not repeated. */
function queryProblem({ code, title, at, length, meant }: QueryError): Problem {
  return new Problem({ code, status: 400, title, blame: 'sender', retry: false, place: { at, length, meant } });
}
