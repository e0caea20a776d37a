import { useSuspenseQuery } from '@tanstack/react-query';
import { sessionQuery } from '../api/queries.js';
import type { Session } from '../api/wire.js';

/** Who is signed in. Behind the shell's door there always is someone. */
export function useMe(): Session {
  return useSuspenseQuery(sessionQuery).data;
}

/** May this person do an engineer's acts in a project: invite, make tokens, ask for raw memory. */
export function isEngineer({ roles }: Pick<Session, 'roles'>, project: string): boolean {
  return roles.some((role) => (role.project === project || role.project === '*') && role.role !== 'viewer');
}
