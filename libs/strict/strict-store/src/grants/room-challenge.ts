import { Decision } from '@crashkeep/access';
import { type GrantId, GrantIdText, type PersonId } from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';
import { z } from 'zod';

export const CHALLENGE_PURPOSES = [...Decision.options, 'enrol', 'step-up', 'statement', 'device'] as const;
export type ChallengePurpose = (typeof CHALLENGE_PURPOSES)[number];

/** A nonce that was handed out for one ceremony of one person. */
export interface RoomChallenge {
  /** 32 random bytes, base64url. */
  readonly nonce: string;
  readonly purpose: ChallengePurpose;
  readonly person: PersonId;
  /** For a decision: what it is about, and the text whose hash is the challenge. */
  readonly about: { readonly grant: GrantId; readonly version: number; readonly statement: string } | null;
  /** For statements: the text of the page whose hash is the challenge. */
  readonly page?: string | null;
}

const LIFE_MINUTES = 5;

/** Stores it for five minutes; those that are over are swept on the way. */
export async function keepChallenge(
  tx: SqlTransaction,
  challenge: RoomChallenge,
): Promise<{ readonly expiresAt: Date }> {
  const { nonce, purpose, person, about, page } = challenge;
  await tx.$executeRaw`DELETE FROM strict.room_challenge WHERE expires_at < now() - interval '1 day'`;
  const [row] = await tx.$queryRaw<
    { expires_at: Date }[]
  >`INSERT INTO strict.room_challenge (nonce, purpose, person_id, grant_id,
      grant_version, statement, created_at, expires_at)
    VALUES (${nonce}, ${purpose}, ${person}::uuid, ${about?.grant ?? null}::uuid, ${about?.version ?? null}::int,
      ${about?.statement ?? page ?? null}, clock_timestamp(), clock_timestamp() + make_interval(mins => ${LIFE_MINUTES}::int))
    RETURNING expires_at`;
  if (row === undefined) throw new Error('strict-store.not-written');
  return { expiresAt: row.expires_at };
}

const ChallengeColumns = z.object({
  purpose: z.enum(CHALLENGE_PURPOSES),
  grant_id: GrantIdText.nullable(),
  grant_version: z.int().nullable(),
  statement: z.string().nullable(),
});

/** Uses it up, whatever comes of it: of two that try, one gets it. Null: unknown, another person's, used, or over. */
export async function takeChallenge(
  tx: SqlTransaction,
  nonce: string,
  person: PersonId,
  purposes: readonly ChallengePurpose[],
): Promise<RoomChallenge | null> {
  const [row] = await tx.$queryRaw<unknown[]>`UPDATE strict.room_challenge SET used_at = clock_timestamp()
    WHERE nonce = ${nonce} AND person_id = ${person}::uuid AND purpose = ANY(${purposes}::text[]) AND used_at IS NULL
      AND expires_at > clock_timestamp() RETURNING purpose, grant_id, grant_version, statement`;
  if (row === undefined) return null;
  const { purpose, grant_id: grant, grant_version: version, statement } = ChallengeColumns.parse(row);
  const about = grant === null || version === null || statement === null ? null : { grant, version, statement };
  return { nonce, purpose, person, about, page: purpose === 'statement' ? statement : null };
}
