import { type PersonId, PersonIdText } from '@crashkeep/ids';
import { IdentityError } from './identity-error.js';
import { type IdentityRows, isTaken } from './identity-store.js';

/** An approval passkey: enrolled in the reading room, never used to sign in. */
export interface Passkey {
  /** base64url, as browsers spell it. */
  readonly credentialId: string;
  readonly personId: PersonId;
  /** COSE. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly counter: number;
  readonly transports: readonly string[];
  /** The one whose key the keeper pinned. */
  readonly root: boolean;
  readonly label: string;
  readonly createdAt: Date;
}

/** Throws `identity.passkey-known` where the credential belongs to someone already. */
export async function enrolPasskey(rows: IdentityRows, passkey: Omit<Passkey, 'createdAt'>): Promise<void> {
  const { credentialId, personId, publicKey, counter, transports, root, label } = passkey;
  try {
    await rows.passkey.createMany({
      data: [
        {
          credential_id: credentialId,
          person_id: personId,
          public_key: publicKey,
          counter: BigInt(counter),
          transports: [...transports],
          root,
          label,
        },
      ],
    });
  } catch (error) {
    if (isTaken(error)) throw new IdentityError('identity.passkey-known');
    throw error;
  }
}

/** Null where it is unknown or revoked. */
export async function findPasskey(rows: IdentityRows, credentialId: string): Promise<Passkey | null> {
  const row = await rows.passkey.findUnique({ where: { credential_id: credentialId } });
  return row?.revoked_at === null ? passkeyFrom(row) : null;
}

/** A person's that are not revoked, oldest first. */
export async function passkeysOf(rows: IdentityRows, personId: PersonId): Promise<Passkey[]> {
  const where = { person_id: personId, revoked_at: null };
  return (await rows.passkey.findMany({ where, orderBy: { created_at: 'asc' } })).map(passkeyFrom);
}

export async function revokePasskey(rows: IdentityRows, personId: PersonId, credentialId: string): Promise<boolean> {
  const changed = await rows.$executeRaw`UPDATE identity.passkey SET revoked_at = now()
    WHERE credential_id = ${credentialId} AND person_id = ${personId}::uuid AND revoked_at IS NULL`;
  return changed === 1;
}

/** False where the counter did not rise: a copied authenticator. Those that do not count stay at 0 (WebAuthn 6.1.1). */
export async function advancePasskeyCounter(
  rows: IdentityRows,
  credentialId: string,
  counter: number,
): Promise<boolean> {
  const changed = await rows.$executeRaw`UPDATE identity.passkey SET counter = ${counter}
    WHERE credential_id = ${credentialId} AND (counter < ${counter} OR (counter = 0 AND ${counter} = 0))`;
  return changed === 1;
}

interface PasskeyRow {
  credential_id: string;
  person_id: string;
  public_key: Uint8Array<ArrayBuffer>;
  counter: bigint;
  transports: string[];
  root: boolean;
  label: string;
  created_at: Date;
}

const passkeyFrom = (row: PasskeyRow): Passkey => ({
  credentialId: row.credential_id,
  personId: PersonIdText.parse(row.person_id),
  publicKey: row.public_key,
  counter: Number(row.counter),
  transports: row.transports,
  root: row.root,
  label: row.label,
  createdAt: row.created_at,
});
