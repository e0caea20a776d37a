import { type PersonId, PersonIdText } from '@crashkeep/ids';
import type { Audience } from './audience.js';
import type { IdentityRows } from './identity-store.js';
import { hashOfSecret, newSecretText } from './secret-text.js';

/** A session that is alive now. */
export interface LiveSession {
  /** SHA-256 of the cookie's value, hex: how a session is named in lists. */
  readonly id: string;
  readonly personId: PersonId;
  readonly name: string;
  readonly login: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly stepUpAt: Date | null;
}

export interface ListedSession {
  readonly id: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly expiresAt: Date;
}

interface Found {
  hash: Uint8Array;
  person_id: string;
  name: string;
  login: string;
  created_at: Date;
  expires_at: Date;
  step_up_at: Date | null;
}

/** Opens a session of eight hours at most and returns the cookie's value. Nothing else ever knows it. */
export async function openSession(
  rows: IdentityRows,
  personId: PersonId,
  audience: Audience,
): Promise<{ readonly cookie: string; readonly id: string }> {
  const cookie = newSecretText();
  const hash = hashOfSecret(cookie);
  await rows.$executeRaw`INSERT INTO identity.session (hash, person_id, audience, created_at, seen_at, expires_at)
    VALUES (${hash}, ${personId}::uuid, ${audience}, now(), now(), now() + interval '8 hours')`;
  return { cookie, id: idOf(hash) };
}

/** The session behind a cookie, seen just now; null when ended, over eight hours old, idle for 15 minutes, or its person was disabled. */
export async function findSession(rows: IdentityRows, cookie: string, audience: Audience): Promise<LiveSession | null> {
  const [found] = await rows.$queryRaw<Found[]>`UPDATE identity.session AS s SET seen_at = now()
    FROM identity.person AS p
    WHERE s.hash = ${hashOfSecret(cookie)} AND s.audience = ${audience} AND s.ended_at IS NULL AND s.expires_at > now()
      AND s.seen_at > now() - interval '15 minutes' AND p.id = s.person_id AND p.disabled_at IS NULL
    RETURNING s.hash, s.person_id, p.name, p.login, s.created_at, s.expires_at, s.step_up_at`;
  if (!found) return null;
  return {
    id: idOf(found.hash),
    personId: PersonIdText.parse(found.person_id),
    name: found.name,
    login: found.login,
    createdAt: found.created_at,
    expiresAt: found.expires_at,
    stepUpAt: found.step_up_at,
  };
}

/** A passkey was proved in this session just now. */
export async function markStepUp(rows: IdentityRows, sessionId: string): Promise<void> {
  await rows.$executeRaw`UPDATE identity.session SET step_up_at = now() WHERE hash = ${hashFrom(sessionId)}`;
}

/** A person's sessions of this process's origin that are alive, newest first. */
export async function listSessions(rows: IdentityRows, personId: PersonId): Promise<ListedSession[]> {
  const found = await rows.$queryRaw<(Found & { seen_at: Date })[]>`SELECT * FROM identity.session
    WHERE person_id = ${personId}::uuid AND ended_at IS NULL AND expires_at > now() AND seen_at > now() - interval '15 minutes'
    ORDER BY created_at DESC`;
  return found.map((row) => ({
    id: idOf(row.hash),
    createdAt: row.created_at,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
  }));
}

/** Ends one of a person's sessions; false where it was not theirs or over already. */
export async function endSession(rows: IdentityRows, personId: PersonId, sessionId: string): Promise<boolean> {
  const changed = await rows.$executeRaw`UPDATE identity.session SET ended_at = now()
    WHERE hash = ${hashFrom(sessionId)} AND person_id = ${personId}::uuid AND ended_at IS NULL`;
  return changed === 1;
}

/** Ends all of a person's sessions of this process's origin; returns how many. */
export async function endSessionsOf(rows: IdentityRows, personId: PersonId): Promise<number> {
  return rows.$executeRaw`UPDATE identity.session SET ended_at = now()
    WHERE person_id = ${personId}::uuid AND ended_at IS NULL`;
}

const idOf = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');
const hashFrom = (id: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(id, 'hex'));
