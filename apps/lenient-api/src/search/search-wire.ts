import { FACET_FIELDS } from '@crashkeep/lenient-store';
import { ScreenedTextWire } from '@crashkeep/report';
import { z } from 'zod';
import { TimeQuery } from '../http/time-asked.js';
import { Cursor, Limit, ProjectQuery } from '../http/words.js';

const count = z.int().min(0);
/** The language is described in docs/search.md. */
export const SearchText = z.string().max(1000).default('');

export const SearchQuery = ProjectQuery.extend({ ...TimeQuery.shape, q: SearchText, cursor: Cursor, limit: Limit });

/** Names with commas between them. */
const FacetNames = z
  .string()
  .max(300)
  .default('product,version,channel,os,cpu,reason')
  .transform((text) => text.split(','))
  .pipe(z.enum(FACET_FIELDS).array().max(FACET_FIELDS.length));

export const FacetsQuery = ProjectQuery.extend({ ...TimeQuery.shape, q: SearchText, fields: FacetNames });

const FacetValue = z.object({ value: ScreenedTextWire.nullable(), count });

export const FacetAnswer = z
  .object({
    field: z.enum(FACET_FIELDS),
    counted: count,
    /** False: only the newest reports were counted; shares are theirs. */
    complete: z.boolean(),
    values: FacetValue.array(),
  })
  .meta({ id: 'Facet' });

export const FacetsAnswer = z
  .object({
    total: z.object({ count, complete: z.boolean() }),
    facets: FacetAnswer.array(),
    days: z.object({ day: z.iso.date(), count }).array(),
  })
  .meta({ id: 'Facets' });

export const CompleteQuery = ProjectQuery.extend({
  q: SearchText,
  /** Where the caret is, in UTF-16 units. */
  at: z.coerce.number().int().min(0).max(1000),
});

export const CompletionsAnswer = z
  .object({
    from: count,
    to: count,
    choices: z.object({ text: ScreenedTextWire, about: z.string().nullable(), count: count.nullable() }).array(),
  })
  .meta({ id: 'Completions' });

export const FieldsAnswer = z
  .object({
    name: z.string(),
    kind: z.enum(['text', 'words', 'choice', 'number', 'instant']),
    about: z.string(),
    choices: z.string().array().nullable(),
    example: z.string(),
  })
  .meta({ id: 'SearchField' });

export const ExportQuery = ProjectQuery.extend({
  ...TimeQuery.shape,
  q: SearchText,
  format: z.enum(['csv', 'json']).default('csv'),
});
