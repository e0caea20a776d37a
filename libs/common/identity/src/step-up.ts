import type { IdentityRows } from './identity-store.js';

/** How long a proved passkey counts for acts that ask for one. */
export const STEP_UP_MINUTES = 5;

/** Whether a session proved a passkey lately, by the database's clock. */
export async function hasSteppedUp(rows: IdentityRows, sessionId: string): Promise<boolean> {
  const found = await rows.$queryRaw<unknown[]>`SELECT FROM identity.session
    WHERE hash = ${new Uint8Array(Buffer.from(sessionId, 'hex'))} AND ended_at IS NULL
      AND step_up_at > now() - make_interval(mins => ${STEP_UP_MINUTES}::int)`;
  return found.length === 1;
}
