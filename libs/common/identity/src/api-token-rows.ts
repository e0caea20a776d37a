import { randomUUID, timingSafeEqual } from 'node:crypto';
import { type ProjectId, ProjectIdText } from '@crashkeep/ids';
import { type TokenClass, TokenClassText, newApiToken, parseApiToken } from './api-token.js';
import type { IdentityRows } from './identity-store.js';

export interface VerifiedToken {
  readonly tokenId: string;
  readonly project: ProjectId;
  readonly class: TokenClass;
}

export interface ListedToken extends VerifiedToken {
  readonly label: string;
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** Makes a token and returns its text: the only time that it can be seen. */
export async function createApiToken(
  rows: IdentityRows,
  wanted: {
    readonly project: ProjectId;
    readonly class: TokenClass;
    readonly label: string;
    readonly createdBy: string | null;
  },
): Promise<{ readonly tokenId: string; readonly text: string }> {
  const token = newApiToken(wanted.class);
  const tokenId = randomUUID();
  const { project, label, createdBy } = wanted;
  await rows.api_token.createMany({
    data: [
      {
        id: tokenId,
        public_id: token.publicId,
        class: token.class,
        project,
        label,
        hash: token.hash,
        created_by: createdBy,
      },
    ],
  });
  return { tokenId, text: token.text };
}

/** The token's row, when it is live and of a class that this process accepts; null gives no hint what was wrong. */
export async function verifyApiToken(
  rows: IdentityRows,
  text: string,
  accepted: readonly TokenClass[],
): Promise<VerifiedToken | null> {
  const token = parseApiToken(text);
  if (!token || !accepted.includes(token.class)) return null;
  const row = await rows.api_token.findUnique({
    where: { public_id: token.publicId },
    select: { id: true, class: true, project: true, hash: true, revoked_at: true },
  });
  if (row?.hash.length !== token.hash.length || !timingSafeEqual(row.hash, token.hash)) return null;
  if (row.revoked_at !== null || row.class !== token.class) return null;
  await markUsed(rows, row.id);
  return { tokenId: row.id, project: ProjectIdText.parse(row.project), class: token.class };
}

/** To the minute: a token that sends a thousand dumps a second must not fight over one row. */
async function markUsed(rows: IdentityRows, tokenId: string): Promise<void> {
  await rows.$executeRaw`UPDATE identity.api_token SET last_used_at = now()
    WHERE id = ${tokenId}::uuid AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`;
}

/** Newest first; without texts, which nobody has. */
export async function listApiTokens(rows: IdentityRows, projects?: readonly ProjectId[]): Promise<ListedToken[]> {
  const found = await rows.api_token.findMany({
    where: projects ? { project: { in: [...projects] } } : {},
    omit: { hash: true },
    orderBy: { created_at: 'desc' },
  });
  return found.map((row) => ({
    tokenId: row.id,
    project: ProjectIdText.parse(row.project),
    class: TokenClassText.parse(row.class),
    label: row.label,
    createdBy: row.created_by,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  }));
}

/** False where it was revoked already or never was. */
export async function revokeApiToken(rows: IdentityRows, tokenId: string): Promise<boolean> {
  const changed = await rows.$executeRaw`UPDATE identity.api_token SET revoked_at = now()
    WHERE id = ${tokenId}::uuid AND revoked_at IS NULL`;
  return changed === 1;
}
