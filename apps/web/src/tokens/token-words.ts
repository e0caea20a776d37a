import type { TokenClass } from '../api/wire.js';

export const TOKEN_WORDS: Readonly<
  Record<TokenClass, { readonly name: string; readonly prefix: string; readonly may: string }>
> = {
  ingest: { name: 'Send crashes', prefix: 'cki_', may: 'sends dumps and reads nothing; may ship inside your product' },
  symbols: { name: 'Upload symbols', prefix: 'cks_', may: 'uploads symbol files; for your build pipeline' },
  read: { name: 'Read reports', prefix: 'ckr_', may: 'reads this project’s reports by API; never raw memory' },
};
