import { PRINTABLE, SCREENED_TEXT_MAX, type ScreenedText } from './screened-text.js';

/**
 * `@crashkeep/report/mint`: for the airlock alone (`npm run laws` checks who imports it). Null where the text is empty, longer
 * than `max` UTF-16 units, or holds a character that may not be shown: what is not clean is withheld, never mended.
 */
export function mintScreenedText(text: string, max: number): ScreenedText | null {
  if (text.length === 0 || text.length > Math.min(max, SCREENED_TEXT_MAX) || !PRINTABLE.test(text)) return null;
  return text as ScreenedText;
}
