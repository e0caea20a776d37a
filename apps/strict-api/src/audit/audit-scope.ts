import { type Actor, decide, mayDo } from '@crashkeep/access';
import type { PersonId, ProjectId } from '@crashkeep/ids';
import { type SqlTransaction, appendLeaf } from '@crashkeep/ledger';
import type { z } from 'zod';
import { decideAnywhere } from '../rights.js';
import type { AuditQuery } from '../wire/audit.js';
import type { LeafFilter } from './find-leaves.js';

type Asked = z.output<typeof AuditQuery>;

/** Null: all of them. Who may audit one project sees that one's leaves. */
export function projectsToShow(actor: Actor, wanted: ProjectId | undefined): readonly ProjectId[] | null {
  if (wanted !== undefined) {
    decide(actor, 'audit.read', { project: wanted });
    return [wanted];
  }
  decideAnywhere(actor, 'audit.read');
  const mine = actor.roles.map(({ project }) => project).filter((project) => mayDo(actor, 'audit.read', { project }));
  return mine.includes('*') ? null : mine.filter((project): project is ProjectId => project !== '*');
}

export function filterOf({ grant, dump, person, act, from, to }: Asked): Omit<LeafFilter, 'projects'> {
  const day = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));
  return { grant, dump, person, act, from: day(from), to: day(to) };
}

/** The look is written down before anything is shown. */
export async function noteReading(
  rows: SqlTransaction,
  person: PersonId,
  { cursor: _place, act, ...rest }: Asked,
  exported: boolean,
): Promise<void> {
  const named = Object.entries({ ...rest, act: act?.join() }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const asked = named.length === 0 ? {} : { asked: new URLSearchParams(named).toString() };
  await appendLeaf(rows, 'strict-api', { act: 'audit.read', person, ...asked, ...(exported && { exported }) });
}
