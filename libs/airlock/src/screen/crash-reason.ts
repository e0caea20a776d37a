import type { ScreenedText } from '@crashkeep/report';
import { mintScreenedText } from '@crashkeep/report/mint';
import { looksLikeToken } from './looks-like-token.js';

/** Names of signals, exceptions and status codes; a code of 32 bits in hex; what rust-minidump says in words. */
const NAME = /^[A-Z][A-Z0-9]{0,23}(?:_[A-Z0-9]{1,24}){0,11}$/;
const CODE = /^(?:unknown )?0x[0-9a-f]{8}$/;
const WORDS: ReadonlySet<string> = new Set([
  'Out of Memory',
  'Unhandled C++ Exception',
  'Simulated Exception',
  // These two look like tokens, and are not.
  'STATUS_WEAK_WHFBKEY_BLOCKED',
  'ERROR_WEAK_WHFBKEY_BLOCKED',
]);

const isClosed = (part: string): boolean =>
  WORDS.has(part) || CODE.test(part) || (NAME.test(part) && part.length <= 80 && !looksLikeToken(part));

/**
 * `SIGSEGV / SEGV_MAPERR`: at most three parts, each of a closed vocabulary. The leading parts that fit are kept, so that an
 * odd detail does not cost the name of the signal; null where not even the first fits.
 */
export function crashReason(text: string): { readonly shown: ScreenedText | null; readonly whole: boolean } {
  const parts = text.split(' / ');
  const firstUnfit = parts.findIndex((part, i) => i >= 3 || !isClosed(part));
  const kept = firstUnfit < 0 ? parts : parts.slice(0, firstUnfit);
  return { shown: mintScreenedText(kept.join(' / '), 160), whole: kept.length === parts.length };
}
