import { type PersonId, PersonIdText } from '@crashkeep/ids';
import { IdentityError } from './identity-error.js';
import type { IdentityRows } from './identity-store.js';
import { hashOfSecret, newSecretText } from './secret-text.js';

export type LinkKind = 'first-run' | 'invitation';

/** The first admin stands at the machine; a colleague reads mail tomorrow. */
const LIFE_MINUTES: { readonly [K in LinkKind]: number } = { 'first-run': 15, invitation: 24 * 60 };

export interface UsedLink {
  /** Whom it was made for; null where it makes someone. */
  readonly personId: PersonId | null;
}

/** Makes a link and returns its secret. An older one of the same kind and person is void from now on. */
export async function createOneTimeLink(
  rows: IdentityRows,
  wanted: { readonly kind: LinkKind; readonly personId: PersonId | null; readonly createdBy: PersonId | null },
): Promise<string> {
  const { kind, personId, createdBy } = wanted;
  const secret = newSecretText();
  await rows.$executeRaw`UPDATE identity.one_time_link SET used_at = now()
    WHERE kind = ${kind} AND person_id IS NOT DISTINCT FROM ${personId}::uuid AND used_at IS NULL`;
  await rows.$executeRaw`INSERT INTO identity.one_time_link (hash, kind, person_id, created_by, created_at, expires_at)
    VALUES (${hashOfSecret(secret)}, ${kind}, ${personId}::uuid, ${createdBy}::uuid, now(),
      now() + make_interval(mins => ${LIFE_MINUTES[kind]}::int))`;
  return secret;
}

/** Whether a link would still work: for the page that it opens. */
export async function peekOneTimeLink(rows: IdentityRows, kind: LinkKind, secret: string): Promise<UsedLink | null> {
  const found = await rows.$queryRaw<{ person_id: string | null }[]>`SELECT person_id FROM identity.one_time_link
    WHERE hash = ${hashOfSecret(secret)} AND kind = ${kind} AND used_at IS NULL AND expires_at > now()`;
  return usedLink(found);
}

/** Uses it up: of two that try at once, one succeeds. Throws `identity.link-unusable`. */
export async function useOneTimeLink(rows: IdentityRows, kind: LinkKind, secret: string): Promise<UsedLink> {
  const found = await rows.$queryRaw<{ person_id: string | null }[]>`UPDATE identity.one_time_link SET used_at = now()
    WHERE hash = ${hashOfSecret(secret)} AND kind = ${kind} AND used_at IS NULL AND expires_at > now() RETURNING person_id`;
  const used = usedLink(found);
  if (!used) throw new IdentityError('identity.link-unusable');
  return used;
}

function usedLink([row]: readonly { person_id: string | null }[]): UsedLink | null {
  if (!row) return null;
  return { personId: row.person_id === null ? null : PersonIdText.parse(row.person_id) };
}
