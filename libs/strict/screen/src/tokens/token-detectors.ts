import type { AnchorDetector } from '../job/anchor-detector.js';
import { sightingIn } from '../job/job.js';
import { textFrom, wide } from '../text/text-window.js';
import { readToken, TOKEN_CHARACTERS } from './read-token.js';
import { TOKEN_RULES } from './token-rules.js';
import type { TokenRule } from './token-rule.js';

const WORD = /[A-Za-z0-9_]/;

/** A detector for each anchor of each rule, in both widths. */
export const TOKEN_DETECTORS: readonly AnchorDetector[] = TOKEN_RULES.flatMap((rule) =>
  rule.anchors.flatMap((anchor) => [detectorFor(rule, anchor, false), detectorFor(rule, anchor, true)]),
);

function detectorFor(rule: TokenRule, anchor: string, isWide: boolean): AnchorDetector {
  const narrow = Buffer.from(anchor, 'latin1');
  return {
    detector: 'token',
    pattern: isWide ? wide(narrow) : narrow,
    cost: 128,
    inspect: (window, at, job) => {
      // A token does not begin in the middle of a word.
      const before = window.bytes[at - (isWide ? 2 : 1)] ?? 0;
      if (at > window.from && WORD.test(anchor.charAt(0)) && WORD.test(String.fromCharCode(before))) return;
      const view = textFrom(window, at, isWide, TOKEN_CHARACTERS);
      const token = readToken(rule, anchor, view.text);
      if (token === null) return;
      const sighting = sightingIn(window, 'token', token.level, { from: at, to: view.byteOf(token.text.length) });
      const value = Buffer.from(token.text, 'latin1');
      job.book.record({ type: 'plain', kind: kindOf(rule), value, isText: true }, sighting);
    },
  };
}

/** `github-token` says what it is; `stripe-key` and the like are tokens as well. */
function kindOf({ id }: TokenRule): string {
  return /token|credential|key-id/.test(id) ? id : `${id}-token`;
}
