import type { Statement } from '@crashkeep/access';
import { listPeople, passkeysOf } from '@crashkeep/identity';
import { isRoomRole } from '../people/change-roles.js';
import type { Room } from '../room.js';
import { type StatementWords, propose } from './propose.js';

/**
 * Puts up for signature what an older version wrote as rows alone: the room's roles, approval passkeys, and the keeper's own key.
 * Run at each start; a second run finds nothing to do.
 */
export async function proposeMissing(room: Room): Promise<number> {
  const { root, statementKey } = await room.keeper.ping();
  if (root === null) return 0;
  return room.strict.transaction(async (rows) => {
    // Two that start at once: the second waits here, and then finds nothing missing.
    await rows.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('crashkeep.statements'))::text`;
    const { statements } = await room.trust.within(rows);
    const missing = [
      ...(await rightsOfRows(room, root.credential)),
      { kind: 'keeper-key', publicKey: statementKey } as const,
    ].filter((words) => !statements.some((it) => same(it, words)));
    for (const words of missing) await propose(rows, words, null);
    return missing.length;
  });
}

async function rightsOfRows({ identity }: Room, rootCredential: string): Promise<StatementWords[]> {
  const found: StatementWords[] = [];
  for (const { id: person, roles, disabled } of await listPeople(identity.rows)) {
    if (disabled) continue;
    found.push(
      ...roles.filter(isRoomRole).map(({ project, role }) => ({ kind: 'role', person, project, role }) as const),
    );
    const passkeys = (await passkeysOf(identity.rows, person)).filter((it) => it.credentialId !== rootCredential);
    found.push(
      ...passkeys.map(({ credentialId: credential, publicKey }) => {
        const key = Buffer.from(publicKey).toString('base64url');
        return { kind: 'credential', person, credential, publicKey: key } as const;
      }),
    );
  }
  return found;
}

function same(statement: Statement, words: StatementWords): boolean {
  const { id: _id, ...own } = statement;
  const keys = Object.keys(words) as (keyof StatementWords)[];
  return keys.every((key) => own[key as keyof typeof own] === words[key]);
}
