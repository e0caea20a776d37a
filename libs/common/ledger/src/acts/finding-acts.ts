import { DumpIdText, PersonIdText, ProjectIdText } from '@crashkeep/ids';
import { z } from 'zod';
import { Words } from './words.js';

/** Somebody looked at what was found: at all of it, at one secret, at one dump. */
export const FindingsRead = z.strictObject({
  act: z.literal('findings.read'),
  person: PersonIdText,
  secret: z.uuid().nullable(),
  dump: DumpIdText.nullable(),
});

/** What became of a key that was found. */
export const FindingRotation = z.strictObject({
  act: z.literal('finding.rotation'),
  person: PersonIdText,
  project: ProjectIdText,
  secret: z.uuid(),
  rotation: z.enum(['open', 'rotating', 'rotated', 'accepted']),
  owner: Words.nullable(),
  note: Words.nullable(),
});
