import type { Actor } from '@crashkeep/access';
import { type DumpId, DumpIdText, type ProjectId, ProjectIdText } from '@crashkeep/ids';
import { type DumpFacts, findDumpFacts } from '@crashkeep/strict-store';
import { roomProblem } from '../http/room-error.js';
import type { Room } from '../room.js';

export interface VisibleDump extends DumpFacts {
  readonly id: DumpId;
  readonly project: ProjectId;
}

/** A dump of a project in which the caller is something; else it is not there. By id or alias. */
export async function findVisibleDump({ strict }: Room, actor: Actor, idOrAlias: string): Promise<VisibleDump> {
  const dump = await findDumpFacts(strict.rows, idOrAlias);
  if (dump === null || !actor.roles.some(({ project }) => project === '*' || project === dump.project)) {
    throw roomProblem('room.dump-unknown');
  }
  return { ...dump, id: DumpIdText.parse(dump.id), project: ProjectIdText.parse(dump.project) };
}
