import { z } from 'zod';
import { PersonIdText, ProjectIdText } from '@crashkeep/ids';

/** UTC, ISO 8601. */
export const Instant = z.iso.datetime();

/** A person as others see them. */
export const PersonBrief = z.object({ id: PersonIdText, name: z.string(), login: z.string() });

export const ProjectOrAll = z.union([ProjectIdText, z.literal('*')]);

/** What the reading room gives. viewer and engineer are given on the console. */
export const RoomRole = z.object({ project: ProjectOrAll, role: z.enum(['security', 'auditor', 'admin']) });

export const HeldRole = z.object({
  project: ProjectOrAll,
  role: z.enum(['viewer', 'engineer', 'security', 'auditor', 'admin']),
});

/** What WebAuthn's own JSON looks like inside is the business of @simplewebauthn; here it is bounded by the body's limit. */
export const WebAuthnJson = z.record(z.string().max(64), z.unknown());
