import { mintScreenedText } from '@crashkeep/report/mint';
import { type Grammar, grammar } from './grammar.js';
import { looksLikeTokenInVersion } from './looks-like-token.js';

/** Of a module: numbers alone. */
export const moduleVersion: Grammar = grammar(/^\d{1,10}(?:\.\d{1,10}){1,7}$/, 64);

/** Of a product, as its project declares it: `120.0.6099.109`, `4.18.2-beta.1+g4f2a9c8`, `2024.3 (build 7)`. */
export const productVersion: Grammar = (text) =>
  PRODUCT_VERSION.test(text) && !looksLikeTokenInVersion(text) ? mintScreenedText(text, 64) : null;

const PRODUCT_VERSION = /^[A-Za-z0-9][A-Za-z0-9._+~() -]*$/;

export const productName: Grammar = grammar(/^[\p{L}\p{N}][\p{L}\p{N} ._+&-]*$/u, 64);

/** `stable`, `beta`, `nightly-asan`. */
export const channelName: Grammar = grammar(/^[A-Za-z][A-Za-z0-9_-]*$/, 32);
