import { z } from 'zod';

declare const screened: unique symbol;

/**
 * Text that passed the airlock's screen: of a known grammar, bounded, without control or bidirectional characters.
 * Only the airlock mints it (`@crashkeep/report/mint`, law 2); everyone else receives it.
 */
export type ScreenedText = string & { readonly [screened]: 'ScreenedText' };

/** Longest text that any leaf may hold, in UTF-16 units: a C++ function with its template arguments. */
export const SCREENED_TEXT_MAX = 4096;

/** No control, format, surrogate, private or unassigned character: a name cannot reorder or hide what stands around it. */
export const PRINTABLE = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029]*$/u;

/** Where a report comes back from a row or an answer: shape and bounds again, as at every boundary. */
export const ScreenedTextWire = z
  .string()
  .min(1)
  .max(SCREENED_TEXT_MAX)
  .regex(PRINTABLE)
  .transform((text) => text as ScreenedText);
