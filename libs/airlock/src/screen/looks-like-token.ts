import { BIGRAM_ALPHABET, BIGRAM_COSTS } from './name-bigrams.js';

/**
 * Whether a name could be a secret in disguise: letters and digits in an order that names do not have. A screen, not a proof; the spec
 * measures both sides: random tokens of 20 characters or more, in hex, base32, base62, base64 and UUID form, are caught but for
 * a few in a thousand, and the module names of the fixtures pass.
 */
export function looksLikeToken(text: string): boolean {
  return isMarked(text) || runsOf(text).some(isRandomRun) || isImprobable(text);
}

/**
 * The same for versions, which are no words: no run longer than a short commit id, and few letters in all (random text is mostly
 * letters).
 */
export function looksLikeTokenInVersion(text: string): boolean {
  return isMarked(text) || runsOf(text).some((it) => it.length > 12) || countOf(text, /\p{L}/gu) > 20;
}

const isMarked = (text: string): boolean => ISSUED.test(text) || UUID.test(text);

/** Prefixes by which issuers mark their tokens, and the head of every JWT and PEM block. */
const ISSUED =
  /(?:AKIA|ASIA)[A-Z2-7]{8}|eyJ[A-Za-z0-9]{4}|-----|gh[opsur]_|github_pat|glpat-|xox[abposr]-|[sp]k_(?:live|test)|AIza|ya29|ck[a-z]_/;
const UUID = /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}/i;

const runsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

function isRandomRun(run: string): boolean {
  const groups = countOf(run, /\d+/g);
  if (run.length > 40) return true;
  if (groups >= 4 || (groups === 3 && run.length >= 12) || (groups === 2 && run.length >= 20)) return true;
  return run.length > 16 && /^[0-9a-f]+$/i.test(run);
}

/** As many letters as chance needs to show itself, and what they may cost each, in bits: names stay below, random text above. */
const WINDOW = 14;
const BITS_A_LETTER = 5.7;

function isImprobable(text: string): boolean {
  const letters = simplified(text);
  const costs = Array.from({ length: letters.length - 1 }, (_, i) => cost(letters.charAt(i), letters.charAt(i + 1)));
  let sum = 0;
  for (const [i, bits] of costs.entries()) {
    sum += bits - (costs[i - WINDOW] ?? 0);
    if (i >= WINDOW - 1 && sum > BITS_A_LETTER * WINDOW) return true;
  }
  return false;
}

const simplified = (text: string): string =>
  `.${text}.`
    .replace(/(?<=[a-z])(?=[A-Z])/g, '^')
    .replace(/\d/g, '0')
    .toLowerCase()
    .replace(/[^a-z0^]+/g, '.');

const cost = (first: string, second: string): number =>
  Number(BIGRAM_COSTS[BIGRAM_ALPHABET.indexOf(first)]?.charAt(BIGRAM_ALPHABET.indexOf(second)) ?? 9);
