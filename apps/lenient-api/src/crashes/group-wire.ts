import { NameText } from '@crashkeep/identity';
import { DumpIdText, PersonIdText } from '@crashkeep/ids';
import { GroupStatus } from '@crashkeep/lenient-store';
import { ScreenedTextWire, SignaturePartWhy } from '@crashkeep/report';
import { z } from 'zod';
import { TimeQuery } from '../http/time-asked.js';
import { Cursor, Instant, Limit } from '../http/words.js';
import { FacetsQuery, SearchText } from '../search/search-wire.js';
import { InstallsAnswer } from '../top/top-wire.js';

const count = z.int().min(0);
const share = z.number().min(0).max(1);

export const GroupTime = z.object(TimeQuery.shape);
export const GroupReportsQuery = z.object({ q: SearchText, cursor: Cursor, limit: Limit });
export const GroupFacetsQuery = FacetsQuery.omit({ project: true });

/** A group with all that people said of it. */
export const SignatureAnswer = z
  .object({
    id: z.uuid(),
    project: z.string(),
    signature: ScreenedTextWire,
    algorithm: count,
    count,
    first_seen: Instant,
    last_seen: Instant,
    /** Of the last 30 days; null where no client told. */
    installs: InstallsAnswer.nullable(),
    status: GroupStatus,
    fixed_in: ScreenedTextWire.nullable(),
    status_at: Instant.nullable(),
    /** When it came back after it was fixed. */
    regressed_at: Instant.nullable(),
    owner: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    /** The whole that this group is shown as a part of. */
    merged_into: z.uuid().nullable(),
    parts: z.object({ id: z.uuid(), signature: ScreenedTextWire, count }).array(),
    notes: count,
  })
  .meta({ id: 'Signature' });

export const TrendAnswer = z
  .object({
    /** Days (UTC); both belong to it. */
    from: z.iso.date(),
    to: z.iso.date(),
    all: count.array(),
    versions: z.object({ version: ScreenedTextWire.nullable(), counts: count.array() }).array(),
  })
  .meta({ id: 'SignatureTrend' });

export const CorrelationsAnswer = z
  .object({
    /** Reports of the group, and of others of its product, that were looked at. */
    own: count,
    others: count,
    correlations: z
      .object({
        field: z.string(),
        value: ScreenedTextWire,
        own: count,
        others: count,
        own_share: share,
        other_share: share,
        /** Null where it occurs nowhere else. */
        lift: z.number().nullable(),
        /** Chance of so much difference where there is none, corrected for the number of tests. */
        chance: share,
      })
      .array(),
  })
  .meta({ id: 'Correlations' });

export const IcicleAnswer = z
  .object({
    counted: count,
    /** False: the newest reports only. */
    complete: z.boolean(),
    folded: count,
    /** Roots are where it crashed, children are callers; a parent stands before its children. */
    nodes: z
      .object({
        parent: count.nullable(),
        text: ScreenedTextWire,
        kind: z.enum(['function', 'frame']),
        count,
      })
      .array(),
  })
  .meta({ id: 'Icicle' });

export const WhyAnswer = z
  .object({
    /** The newest report, whose stack says it. */
    report: DumpIdText,
    signature: ScreenedTextWire,
    algorithm: count,
    parts: z
      .object({
        why: SignaturePartWhy,
        thread: count.nullable(),
        frame: count.nullable(),
        module: ScreenedTextWire.nullable(),
        function: ScreenedTextWire.nullable(),
      })
      .array(),
  })
  .meta({ id: 'WhyThisGroup' });

export const GroupActsAnswer = z.object({
  acts: z
    .object({
      id: z.uuid(),
      act: z.enum(['status', 'owner', 'merged', 'merge-undone', 'split', 'split-undone']),
      by: z.object({ id: z.uuid(), name: z.string() }).nullable(),
      at: Instant,
      other: z.uuid().nullable(),
      status: GroupStatus.nullable(),
      version: ScreenedTextWire.nullable(),
    })
    .array(),
});

/** A version as reports have them. */
const VersionText = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+~()\- ]{0,63}$/);

export const GroupPatch = z
  .object({
    status: GroupStatus,
    /** With status fixed: the version that has the fix. */
    fixed_in: VersionText.nullable(),
    owner: PersonIdText.nullable(),
  })
  .partial();

export const MergeBody = z.object({ part: z.uuid() });
export const PartPath = z.object({ id: z.uuid(), part: z.uuid() });
export const NotePath = z.object({ id: z.uuid(), note: z.uuid() });

/** Plain text: no control characters but line ends and tabs. */
export const NoteBody = z.object({
  text: z
    .string()
    .trim()
    .min(1)
    .max(4000)
    .regex(/^[^\p{Cc}\p{Cs}\p{Co}]*(?:[\n\t][^\p{Cc}\p{Cs}\p{Co}]*)*$/u),
});

export const NotesAnswer = z.object({
  notes: z
    .object({
      id: z.uuid(),
      author: z.object({ id: z.uuid(), name: NameText }),
      /** Plain text. */
      text: z.string(),
      made_at: Instant,
      edited_at: Instant.nullable(),
      /** The asker wrote it. */
      mine: z.boolean(),
    })
    .array(),
});

export const MadeAnswer = z.object({ id: z.uuid() });
