import { PersonIdText } from '@crashkeep/ids';
import { z } from 'zod';

export const SignInBody = z.object({ login: z.string().min(1).max(254), password: z.string().min(1).max(1024) });

export const RoleAnswer = z.object({ project: z.string(), role: z.string() });

export const SessionAnswer = z
  .object({
    person: z.object({ id: PersonIdText, name: z.string(), login: z.string() }),
    /** Project `*` is every project. */
    roles: RoleAnswer.array(),
    csrf: z.string(),
  })
  .meta({ id: 'Session' });

export const AcceptBody = z.object({
  secret: z.string().min(1).max(200),
  password: z.string().max(1024),
  name: z.string().max(200).optional(),
});
