import type { LenientReport } from '@crashkeep/report';
import { type Grammar, grammar } from './grammar.js';

/** `10.0.22631`, `5.1.2600 Service Pack 2`. */
const windows = grammar(/^\d{1,2}\.\d{1,2}\.\d{1,5}(?:\.\d{1,5})?(?: Service Pack \d{1,2})?$/, 64);

/** `15.2.0 24C101`. */
const apple = grammar(/^\d{1,2}\.\d{1,2}(?:\.\d{1,2})?(?: [0-9A-Z]{3,8}[a-z]?)?$/, 32);

/**
 * uname's release and version: `6.1.0-50-amd64 #1 SMP Debian 6.1.192-2 (2026-11-16) x86_64`. The numbers are narrow, so that a record
 * which points into memory does not print addresses by halves; the words are those of a kernel build or an Android fingerprint.
 */
const unix = grammar(/^\d{1,2}\.\d{1,3}(?:\.\d{1,4})?(?:[ .+~_-][A-Za-z0-9 ._:#@()+~/,-]*)?$/, 128);

const GRAMMARS: Readonly<Record<LenientReport['os'], Grammar>> = {
  windows,
  mac: apple,
  ios: apple,
  linux: unix,
  android: unix,
  solaris: unix,
  fuchsia: unix,
  unknown: windows,
};

export const osVersionOf = (os: LenientReport['os']): Grammar => GRAMMARS[os];
