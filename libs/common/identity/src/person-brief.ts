import { type PersonId, PersonIdText } from '@crashkeep/ids';
import type { IdentityRows } from './identity-store.js';

/** How one person is shown to others. */
export interface PersonBrief {
  readonly id: PersonId;
  readonly name: string;
  readonly login: string;
}

/** Those of these persons that there are, by id. */
export async function personBriefs(
  rows: IdentityRows,
  ids: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, PersonBrief>> {
  const where = { id: { in: [...new Set(ids)] } };
  const found = await rows.person.findMany({ where, select: { id: true, name: true, login: true } });
  return new Map(found.map((row) => [PersonIdText.parse(row.id), { ...row, id: PersonIdText.parse(row.id) }]));
}

/** How many live passkeys each person has; who has none is not in it. */
export async function passkeyCounts(rows: IdentityRows): Promise<ReadonlyMap<PersonId, number>> {
  const found = await rows.passkey.groupBy({ by: ['person_id'], where: { revoked_at: null }, _count: true });
  return new Map(found.map((row) => [PersonIdText.parse(row.person_id), row._count]));
}
