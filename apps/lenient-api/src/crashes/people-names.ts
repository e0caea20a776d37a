import { personBriefs } from '@crashkeep/identity';
import { PersonIdText } from '@crashkeep/ids';
import type { Console } from '../console.js';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Names of persons by their ids. Someone who is not there any more is told by id alone. */
export async function peopleNames(
  { identity }: Console,
  ids: readonly (string | null)[],
): Promise<(id: string | null) => Named | null> {
  const known = ids.flatMap((it) => (it === null ? [] : [PersonIdText.parse(it)]));
  const briefs = known.length === 0 ? null : await personBriefs(identity.rows, known);
  return (id) => (id === null ? null : { id, name: briefs?.get(PersonIdText.parse(id))?.name ?? id });
}
