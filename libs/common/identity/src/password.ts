import { hash, verify } from '@node-rs/argon2';
import { IdentityError } from './identity-error.js';

/** Characters. Length is the only rule: others make passwords worse (NIST SP 800-63B). */
export const PASSWORD_MIN = 12;
const PASSWORD_MAX = 256;

/** RFC 9106's second choice is 64 MiB; OWASP's floor is this, about 30 ms: a sign-in costs what ten cannot be made to cost at once. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** An argon2id hash in PHC form. */
export async function hashPassword(password: string): Promise<string> {
  const length = Array.from(password).length;
  if (length < PASSWORD_MIN) throw new IdentityError('identity.password-too-short');
  if (length > PASSWORD_MAX) throw new IdentityError('identity.password-too-long');
  return hash(spelling(password), COST);
}

let nobody: Promise<string> | undefined;

/** With a null hash (no such person, or none who has taken up the invitation) it takes as long, and is false. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  if (password.length > 4 * PASSWORD_MAX) return false;
  nobody ??= hash('nobody signs in with this', COST);
  const right = await verify(stored ?? (await nobody), spelling(password));
  return right && stored !== null;
}

/** One person's keyboard composes an accent that another's sends apart. */
const spelling = (password: string): string => password.normalize('NFKC');
