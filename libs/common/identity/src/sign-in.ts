import { type PersonId, PersonIdText } from '@crashkeep/ids';
import type { IdentityRows } from './identity-store.js';
import { verifyPassword } from './password.js';

const FAILURES_MAX = 10;
const WINDOW_MS = 15 * 60_000;
const LOGINS_MAX = 10_000;

/** Counts failures by login, in one process's memory: ten in a quarter of an hour, then that login waits. */
export class SignInThrottle {
  readonly #failures = new Map<string, { count: number; since: number }>();

  /** False while this login must wait. */
  mayTry(login: string, now = Date.now()): boolean {
    const known = this.#failures.get(login);
    return known === undefined || now - known.since > WINDOW_MS || known.count < FAILURES_MAX;
  }

  failed(login: string, now = Date.now()): void {
    const known = this.#failures.get(login);
    if (known && now - known.since <= WINDOW_MS) known.count += 1;
    else {
      // A flood of made-up logins must not fill the memory: the oldest goes.
      const oldest = this.#failures.keys().next();
      if (this.#failures.size >= LOGINS_MAX && oldest.done !== true) this.#failures.delete(oldest.value);
      this.#failures.set(login, { count: 1, since: now });
    }
  }

  succeeded(login: string): void {
    this.#failures.delete(login);
  }
}

/** The person whom login and password name; null gives no hint which was wrong, and takes as long whichever it was. */
export async function signIn(
  rows: IdentityRows,
  throttle: SignInThrottle,
  given: { readonly login: string; readonly password: string },
): Promise<PersonId | null> {
  const login = given.login.trim().toLowerCase();
  if (!throttle.mayTry(login)) return null;
  const person = await rows.person.findUnique({
    where: { login },
    select: { id: true, password: true, disabled_at: true },
  });
  const right = await verifyPassword(person?.password ?? null, given.password);
  if (!person || !right || person.disabled_at !== null) {
    throttle.failed(login);
    return null;
  }
  throttle.succeeded(login);
  return PersonIdText.parse(person.id);
}
