import { type Actor, type Statement, type Trust, parseStatement } from '@crashkeep/access';
import { type PersonBrief, personBriefs } from '@crashkeep/identity';
import type { PersonId } from '@crashkeep/ids';
import { type ProposedStatement, listStatements } from '@crashkeep/strict-store';
import type { z } from 'zod';
import type { Room } from '../room.js';
import type { StatementView } from '../wire/statements.js';
import { maySign } from './sign.js';

type View = z.input<typeof StatementView>;

/** Every statement that nobody ended, oldest first, as the caller may see it. */
export async function statementViews(room: Room, actor: Actor): Promise<View[]> {
  const { rows } = room.strict;
  const trust = await room.trust.now(rows);
  const live = (await listStatements(rows)).flatMap((row) => {
    const statement = parseStatement(row.text);
    return statement === null ? [] : [{ row, statement }];
  });
  const ids = live.flatMap(({ row, statement }) => [...trust.signersOf(row.id), ...personsOf(row, statement)]);
  const names = await personBriefs(room.identity.rows, ids);
  const nameOf = (id: PersonId): PersonBrief => names.get(id) ?? { id, name: 'Unknown person', login: '' };
  return live.map(({ row, statement }) => ({
    ...{ id: row.id, statement, counts: trust.counts(row.id), proposed_at: row.createdAt.toISOString() },
    about: 'person' in statement ? nameOf(statement.person) : null,
    proposed_by: row.proposedBy === null ? null : nameOf(row.proposedBy),
    signers: trust.signersOf(row.id).map(nameOf),
    may: { sign: mayStillSign(trust, actor, statement), end: mayEnd(trust, actor, row, statement) },
  }));
}

function mayStillSign(trust: Trust, actor: Actor, statement: Statement): boolean {
  return !trust.signersOf(statement.id).includes(actor.person) && maySign(trust, actor, statement);
}

/** Roles and passkeys end with their rows; a hardened device, and what nobody has signed enough, here. */
export function mayEnd(trust: Trust, actor: Actor, row: ProposedStatement, statement: Statement): boolean {
  const canEnd = statement.kind === 'device' || (statement.kind === 'policy' && !trust.counts(statement.id));
  return canEnd && (row.proposedBy === actor.person || maySign(trust, actor, statement));
}

const personsOf = (row: ProposedStatement, statement: Statement): PersonId[] => [
  ...('person' in statement ? [statement.person] : []),
  ...(row.proposedBy === null ? [] : [row.proposedBy]),
];
