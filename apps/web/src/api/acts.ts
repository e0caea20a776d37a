import { request } from '@crashkeep/ui';
import type { NewPerson, NewToken, ProjectRole, RoleIn, TokenClass } from './wire.js';

/** Every call that changes something. Each but the first two carries the session's CSRF value. */

export async function signIn(credentials: { readonly login: string; readonly password: string }): Promise<void> {
  await request('/session', { method: 'POST', body: credentials });
}

export interface Acceptance {
  readonly secret: string;
  readonly password: string;
  readonly name?: string;
}

export async function acceptInvitation(acceptance: Acceptance): Promise<void> {
  await request('/invitations/accept', { method: 'POST', body: acceptance });
}

export async function signOut(csrf: string): Promise<void> {
  await request('/session', { method: 'DELETE', csrf });
}

/** A one-time link, told in this answer only. */
export async function invitePerson(person: NewPerson, csrf: string): Promise<{ readonly link: string }> {
  return (await request('/people', { method: 'POST', body: person, csrf })) as { link: string };
}

export async function changeRoles(personId: string, roles: readonly RoleIn[], csrf: string): Promise<void> {
  await request(`/people/${encodeURIComponent(personId)}`, { method: 'PATCH', body: { roles }, csrf });
}

/** The token's value, told in this answer only. */
export async function createToken(token: NewToken, csrf: string): Promise<{ readonly token: string }> {
  return (await request('/tokens', { method: 'POST', body: token, csrf })) as { token: string };
}

export async function revokeToken(tokenId: string, csrf: string): Promise<void> {
  await request(`/tokens/${encodeURIComponent(tokenId)}`, { method: 'DELETE', csrf });
}

export const PROJECT_ROLES: readonly ProjectRole[] = ['viewer', 'engineer'];
export const TOKEN_CLASSES: readonly TokenClass[] = ['ingest', 'symbols', 'read'];

interface NewView {
  readonly project: string;
  readonly page: 'top' | 'search';
  readonly name: string;
  readonly state: string;
  readonly shared: boolean;
}

export async function saveView(view: NewView, csrf: string): Promise<void> {
  await request('/views', { method: 'POST', body: view, csrf });
}

export async function removeView(viewId: string, csrf: string): Promise<void> {
  await request(`/views/${encodeURIComponent(viewId)}`, { method: 'DELETE', csrf });
}

interface GroupChange {
  readonly status?: 'open' | 'fixed' | 'wont-fix';
  readonly fixed_in?: string | null;
  readonly owner?: string | null;
}

export async function changeGroup(groupId: string, change: GroupChange, csrf: string): Promise<void> {
  await request(`/groups/${encodeURIComponent(groupId)}`, { method: 'PATCH', body: change, csrf });
}

export async function mergeGroup(groupId: string, part: string, csrf: string): Promise<void> {
  await request(`/groups/${encodeURIComponent(groupId)}/parts`, { method: 'POST', body: { part }, csrf });
}

export async function undoMerge(groupId: string, part: string, csrf: string): Promise<void> {
  const path = `/groups/${encodeURIComponent(groupId)}/parts/${encodeURIComponent(part)}`;
  await request(path, { method: 'DELETE', csrf });
}

export async function addNote(groupId: string, text: string, csrf: string): Promise<void> {
  await request(`/groups/${encodeURIComponent(groupId)}/notes`, { method: 'POST', body: { text }, csrf });
}

export async function removeNote(groupId: string, noteId: string, csrf: string): Promise<void> {
  const path = `/groups/${encodeURIComponent(groupId)}/notes/${encodeURIComponent(noteId)}`;
  await request(path, { method: 'DELETE', csrf });
}
