import type { ProjectRole, RoleIn } from '../api/wire.js';

export const ROLE_WORDS: Readonly<Record<ProjectRole, { readonly name: string; readonly may: string }>> = {
  viewer: { name: 'Viewer', may: 'reads reports' },
  engineer: { name: 'Engineer', may: 'reads reports, invites, makes tokens, may ask for raw memory' },
};

/** The role that counts in a project: engineer holds all that viewer does. */
export function roleIn(roles: readonly RoleIn[], project: string): ProjectRole | null {
  const here = roles.filter((role) => role.project === project).map(({ role }) => role);
  if (here.includes('engineer')) return 'engineer';
  return here.includes('viewer') ? 'viewer' : null;
}

/** The same roles, with this one in this project; null takes it away. Roles elsewhere stay as they are. */
export function withRole(roles: readonly RoleIn[], project: string, role: ProjectRole | null): readonly RoleIn[] {
  const elsewhere = roles.filter((known) => known.project !== project || !(known.role in ROLE_WORDS));
  return role === null ? elsewhere : [...elsewhere, { project, role }];
}
