import { ACCESS_FAULTS, AccessError, type AccessErrorCode } from '@crashkeep/access';
import { IDENTITY_FAULTS, IdentityError, type IdentityErrorCode } from '@crashkeep/identity';
import { KeeperError, type KeeperErrorCode } from '@crashkeep/keeper-wire';
import { Problem, type ProblemFacts } from '@crashkeep/platform';
import { ACCESS_ANSWERS, IDENTITY_ANSWERS, KEEPER_ANSWERS, ROOM_ANSWERS } from './refusal-texts.js';

export type RoomErrorCode = keyof typeof ROOM_ANSWERS;

/** A refusal of the reading room's own. */
export function roomProblem(code: RoomErrorCode): Problem {
  const [status, title, retryAfter] = ROOM_ANSWERS[code];
  const again = retryAfter === undefined ? { retry: false } : { retry: true, retryAfter };
  return new Problem({ code, status, title, blame: status === 403 || status === 409 ? 'policy' : 'sender', ...again });
}

/** What a library refused, as it is answered; null where it is no refusal. */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof AccessError) return new Problem(accessFacts(error.code));
  if (error instanceof IdentityError) return new Problem(identityFacts(error.code));
  if (error instanceof KeeperError) return new Problem(keeperFacts(error.code));
  return null;
}

function accessFacts(code: AccessErrorCode): ProblemFacts {
  const [status, title] = ACCESS_ANSWERS[code];
  return { code, status, title, ...ACCESS_FAULTS[code] };
}

function identityFacts(code: IdentityErrorCode): ProblemFacts {
  const [status, title] = IDENTITY_ANSWERS[code];
  return { code, status, title, ...IDENTITY_FAULTS[code] };
}

function keeperFacts(code: KeeperErrorCode): ProblemFacts {
  if (isAccessCode(code)) return accessFacts(code);
  const [status, title] = KEEPER_ANSWERS[code];
  const isOurs = status === 503;
  return { code, status, title, blame: isOurs ? 'us' : 'policy', retry: isOurs, ...(isOurs ? { retryAfter: 5 } : {}) };
}

const isAccessCode = (code: KeeperErrorCode): code is AccessErrorCode => code in ACCESS_FAULTS;
