import { PersonIdText, ProjectIdText } from '@crashkeep/ids';
import { z } from 'zod';

const ofProject = { project: ProjectIdText, by: PersonIdText };
const settings = {
  answerStyle: z.enum(['uuid', 'crashid', 'hex16']),
  preset: z.enum(['auto', 'crashpad', 'breakpad', 'electron', 'chromium', 'sentry']),
  lenientDays: z.int().min(1),
};

/** What a project is and takes, set on the console. How long memory is kept is no part of it. */
export const ProjectMade = z.strictObject({ act: z.literal('project.made'), ...ofProject, ...settings });
export const ProjectChanged = z.strictObject({ act: z.literal('project.changed'), ...ofProject, ...settings });
export const ThrottleRulesSet = z.strictObject({
  act: z.literal('throttle-rules.set'),
  ...ofProject,
  rules: z
    .array(
      z.strictObject({
        field: z.enum(['product', 'version', 'channel']).nullable(),
        pattern: z.string().max(64).nullable(),
        action: z.enum(['accept', 'defer', 'reject', 'fake-accept']),
        percent: z.int().min(0).max(100),
      }),
    )
    .max(50),
});

/** A proposal crosses nothing until it is signed in the reading room. */
const rule = { ...ofProject, rule: z.uuid(), name: z.string().min(1).max(64) };
export const AnnotationProposed = z.strictObject({
  act: z.literal('annotation.proposed'),
  ...rule,
  type: z.enum(['flag', 'number', 'choice', 'version', 'word']),
});
export const AnnotationWithdrawn = z.strictObject({ act: z.literal('annotation.withdrawn'), ...rule });
