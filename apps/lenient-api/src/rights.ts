import type { ProjectId } from '@crashkeep/ids';
import { listProjects } from '@crashkeep/identity';
import { type Caller, type SignedIn, refused } from '@crashkeep/platform';
import type { Console } from './console.js';

/**
 * Who may do what on the console. Any role in a project reads its reports; any but viewer invites and makes tokens. None of this
 * is a step towards memory: `security` and the others are given in the reading room alone.
 */
export async function readableProjects({ identity }: Console, caller: Caller): Promise<ProjectId[]> {
  const all = (await listProjects(identity.rows)).map((it) => it.id);
  return all.filter((project) => mayRead(caller, project));
}

export function mayRead(caller: Caller, project: ProjectId): boolean {
  if (caller.kind === 'token') return caller.project === project;
  return caller.roles.some((it) => it.project === project || it.project === '*');
}

export const mayManage = ({ roles }: SignedIn, project: ProjectId): boolean =>
  roles.some((it) => (it.project === project || it.project === '*') && it.role !== 'viewer');

/** A project that the caller is no member of is not there. */
export function requireRead(caller: Caller, project: ProjectId): void {
  if (!mayRead(caller, project)) throw refused.notFound();
}

export function requireManage(person: SignedIn, project: ProjectId): void {
  requireRead(person, project);
  if (!mayManage(person, project)) throw refused.forbidden();
}

/** Operators and admins of a project, or of all: they make projects and say what these take. */
export const mayOperate = ({ roles }: SignedIn, project: ProjectId | '*'): boolean =>
  roles.some((it) => (it.project === project || it.project === '*') && (it.role === 'operator' || it.role === 'admin'));

export function requireOperate(person: SignedIn, project: ProjectId): void {
  requireRead(person, project);
  if (!mayOperate(person, project)) throw refused.forbidden();
}

/** For routes that take people only: the door has refused tokens already. */
export function personOf(caller: Caller): SignedIn {
  if (caller.kind !== 'person') throw refused.signIn();
  return caller;
}
