import { PersonIdText, ProjectIdText } from '@crashkeep/ids';
import { z } from 'zod';
import { PersonOrNobody, ProjectOrAll } from './words.js';

/** `by` is nobody where it was done on the machine itself: first run, the command line. */
const byWhom = { by: PersonOrNobody };

export const PersonInvited = z.strictObject({ act: z.literal('person.invited'), person: PersonIdText, ...byWhom });
/** An invitation or the first run's link was taken up. */
export const PersonEnrolled = z.strictObject({ act: z.literal('person.enrolled'), person: PersonIdText });
export const PersonDisabled = z.strictObject({ act: z.literal('person.disabled'), person: PersonIdText, ...byWhom });

const role = {
  person: PersonIdText,
  project: ProjectOrAll,
  role: z.enum(['viewer', 'engineer', 'security', 'auditor', 'operator', 'admin']),
  ...byWhom,
};
export const RoleGranted = z.strictObject({ act: z.literal('role.granted'), ...role });
export const RoleRevoked = z.strictObject({ act: z.literal('role.revoked'), ...role });

const passkey = { person: PersonIdText, credential: z.string().min(1).max(2048), root: z.boolean(), ...byWhom };
export const PasskeyEnrolled = z.strictObject({ act: z.literal('passkey.enrolled'), ...passkey });
export const PasskeyRevoked = z.strictObject({ act: z.literal('passkey.revoked'), ...passkey });
/** The keeper took this passkey into its own configuration as the root of trust. */
export const RootPinned = z.strictObject({ act: z.literal('root.pinned'), credential: z.string().min(1).max(2048) });

const token = { token: z.uuid(), project: ProjectIdText, class: z.enum(['ingest', 'symbols', 'read']), ...byWhom };
export const TokenCreated = z.strictObject({ act: z.literal('token.created'), ...token });
export const TokenRevoked = z.strictObject({ act: z.literal('token.revoked'), ...token });
