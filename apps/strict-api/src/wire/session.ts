import { z } from 'zod';
import { LoginText, NameText } from '@crashkeep/identity';
import { HeldRole, PersonBrief } from './common.js';

export const SignInBody = z.strictObject({ login: z.string().min(1).max(200), password: z.string().min(1).max(1024) });

export const SessionAnswer = z.object({
  person: PersonBrief,
  roles: z.array(HeldRole),
  /** Send it as `x-crashkeep-csrf` with each call that changes something. */
  csrf: z.string(),
  /** Live approval passkeys of this person. */
  passkeys: z.int(),
  /** False: the first admin must enrol the root passkey before anything else works. */
  root_pinned: z.boolean(),
  /** True for five minutes after a passkey was proved (POST /step-up). */
  stepped_up: z.boolean(),
  /** Roles that were given to this person and that nobody has signed yet: they count for nothing. */
  waiting_roles: z.array(HeldRole),
});

export const FirstRunAnswer = z.object({
  /** True until a root passkey is pinned: show the page that takes the one-time link. */
  needed: z.boolean(),
});

export const FirstRunBody = z.strictObject({
  secret: z.string().min(1).max(200),
  name: NameText,
  login: LoginText,
  password: z.string().min(1).max(1024),
});

export const AcceptInvitationBody = z.strictObject({
  secret: z.string().min(1).max(200),
  password: z.string().min(1).max(1024),
});
