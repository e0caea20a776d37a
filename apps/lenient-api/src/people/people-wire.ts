import { LoginText, MEMBERSHIPS, NameText } from '@crashkeep/identity';
import { PersonIdText, ProjectIdText } from '@crashkeep/ids';
import { z } from 'zod';

const MembershipName = z.enum(MEMBERSHIPS);

export const PersonAnswer = z
  .object({
    id: PersonIdText,
    name: z.string(),
    login: z.string(),
    /** Viewer and engineer, in projects that the caller sees. The reading room's roles are not told here. */
    roles: z.object({ project: z.string(), role: MembershipName }).array(),
    /** False until the invitation is taken up. */
    active: z.boolean(),
  })
  .meta({ id: 'Person' });

export const PeopleAnswer = z.object({ people: PersonAnswer.array() });

export const InviteBody = z.object({
  name: NameText,
  login: LoginText,
  project: ProjectIdText,
  role: MembershipName,
});

export const InviteAnswer = z.object({ link: z.url() });

/** All roles that the person shall have in projects that the caller sees; roles elsewhere stay as they are. */
export const RolesBody = z.object({
  roles: z.object({ project: ProjectIdText, role: MembershipName }).array().max(1000),
});

export const PersonPath = z.object({ id: PersonIdText });
