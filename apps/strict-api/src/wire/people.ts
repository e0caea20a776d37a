import { LoginText, NameText } from '@crashkeep/identity';
import { z } from 'zod';
import { Instant, PersonBrief, RoomRole } from './common.js';

export const PersonView = PersonBrief.extend({
  disabled: z.boolean(),
  /** False: an invitation is still open. */
  joined: z.boolean(),
  /** The holder of the pinned root passkey. */
  root: z.boolean(),
  /** `counts`: signed by enough who may; until then the role is only a wish. */
  roles: z.array(RoomRole.extend({ counts: z.boolean() })),
  /** Live approval passkeys. */
  passkeys: z.int(),
  /** Statements about this person that wait for signatures. */
  waiting: z.array(z.uuid()),
});

export const PeopleAnswer = z.object({ people: z.array(PersonView) });

export const InviteBody = z.strictObject({
  name: NameText,
  login: LoginText,
  roles: z.array(RoomRole).min(1).max(50),
});

export const InviteAnswer = z.object({
  person: PersonView,
  /** Shown once; good for a day. */
  link: z.string(),
  expires_at: Instant,
});

/** The whole set: what is not in it is taken away. */
export const RolesBody = z.strictObject({ roles: z.array(RoomRole).max(50) });
