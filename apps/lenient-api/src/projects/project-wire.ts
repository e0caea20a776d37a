import { AnswerStyle, NameText, Preset } from '@crashkeep/identity';
import { ProjectIdText } from '@crashkeep/ids';
import {
  AnnotationName,
  AnnotationState,
  AnnotationTerms,
  THROTTLE_RULES_MAX,
  ThrottleRule,
  UploadOutcome,
} from '@crashkeep/lenient-store';
import { z } from 'zod';
import { Instant } from '../http/words.js';

const count = z.int().min(0);
const LenientDays = z.int().min(1).max(3650);
const Days = z.coerce.number().int().min(1).max(90).default(7);

export const ProjectPath = z.object({ project: ProjectIdText });
export const ForecastQuery = z.object({ days: Days });

export const NewProjectBody = z.object({
  id: ProjectIdText,
  name: NameText,
  answer_style: AnswerStyle.default('uuid'),
  preset: Preset.default('auto'),
  lenient_days: LenientDays.default(365),
});

export const ProjectPatch = z
  .object({ name: NameText, answer_style: AnswerStyle, preset: Preset, lenient_days: LenientDays })
  .partial();

export const SettingsAnswer = z
  .object({
    id: ProjectIdText,
    name: z.string(),
    /** What a client is told: a dump's id, Antenna's `CrashID=`, or 16 hex digits. */
    answer_style: AnswerStyle,
    /** Where product and version stand in what clients send. */
    preset: Preset,
    /** Days that a raw dump is kept; set in the reading room. */
    raw_days: count,
    /** Days that a report is kept. */
    lenient_days: count,
    /** Whether the caller may change this. */
    mine: z.boolean(),
  })
  .meta({ id: 'ProjectSettings' });

const Rule = ThrottleRule.meta({ id: 'ThrottleRule' });
export const ThrottleBody = z.object({ rules: Rule.array().max(THROTTLE_RULES_MAX) });
export const ThrottleAnswer = z.object({ rules: Rule.array() });

export const ThrottleForecastAnswer = z
  .object({
    /** Reports of the last days. */
    reports: count,
    /** About how many of them each rule would have taken. */
    taken: count.array(),
    untouched: count,
  })
  .meta({ id: 'ThrottleForecast' });

export const HealthQuery = z.object({ hours: z.coerce.number().int().min(1).max(720).default(24) });

/** Counts alone: no upload's content, name or sender. */
export const HealthAnswer = z
  .object({
    hours: z
      .object({
        hour: Instant,
        outcome: UploadOutcome,
        /** A code of ingest; empty where it was accepted. */
        reason: z.string(),
        count,
      })
      .array(),
  })
  .meta({ id: 'IngestHealth' });

export const AnnotationBody = z.object({
  name: AnnotationName,
  terms: AnnotationTerms,
  /** Why it is safe to show. */
  why: z
    .string()
    .trim()
    .min(20)
    .max(500)
    .regex(/^[^\p{C}]*$/u),
});

export const AnnotationsAnswer = z.object({
  annotations: z
    .object({
      id: z.uuid(),
      name: z.string(),
      terms: AnnotationTerms,
      why: z.string(),
      /** A proposal shows nothing: a person with the role `security` signs it in the reading room. */
      state: AnnotationState,
      made_at: Instant,
      signed_at: Instant.nullable(),
    })
    .meta({ id: 'AnnotationRule' })
    .array(),
});

export const AnnotationPath = z.object({ project: ProjectIdText, id: z.uuid() });

export const AnnotationForecastAnswer = z
  .object({
    dumps: count,
    /** How many of them came with annotations at all. Values are sealed: how many fit is counted where the rule is signed. */
    with_annotations: count,
  })
  .meta({ id: 'AnnotationForecast' });
