import type { ScreenedText } from '@crashkeep/report';
import { mintScreenedText } from '@crashkeep/report/mint';
import { looksLikeToken } from './looks-like-token.js';

/** A kind of text: what fits it is minted, what does not is withheld (null). It never mends. */
export type Grammar = (text: string) => ScreenedText | null;

/** Text of the dump or the client: it must match and must not look like a token. `pattern` is anchored at both ends. */
export const grammar =
  (pattern: RegExp, max: number): Grammar =>
  (text) =>
    pattern.test(text) && !looksLikeToken(text) ? mintScreenedText(text, max) : null;
