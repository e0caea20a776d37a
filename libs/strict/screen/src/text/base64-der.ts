import { keysInDer, type DerKey } from '../der/private-key.js';

/** `start` of these characters in a base64 group of four: the body they lie in is decoded by it. */
export interface Base64Anchor {
  readonly text: string;
  readonly phase: 0 | 2 | 3;
}

/**
 * Heads of private keys whose PEM head is gone, and what stands in the middle of each RSA key: the usual exponent and the
 * tag of the private one, in the three ways in which bytes fall into groups of three.
 */
const AT_GROUP = [
  'AgMBAAEC',
  'MC4CAQAwBQYDK2Vu',
  'MC4CAQAwBQYDK2Vw',
  'MHcCAQEEI',
  'MIG2AgEAMBAGByqGSM49',
  'MIGHAgEAMBMGByqGSM49',
  'MIGkAgEBBDA',
  'MIHcAgEBBEI',
  'MIHuAgEAMBAGByqGSM49',
  'MIICXAIBAAKBgQ',
  'MIICXQIBAAKBgQ',
  'MIICdQIBADANBgkq',
  'MIICdgIBADANBgkq',
  'MIICdwIBADANBgkq',
  'MIIEowIBAAKCAQEA',
  'MIIEpAIBAAKCAQEA',
  'MIIEvAIBADANBgkq',
  'MIIEvQIBADANBgkq',
  'MIIEvgIBADANBgkq',
  'MIIG5AIBAAKCAYEA',
  'MIIJKAIBAAKCAgEA',
];

export const BASE64_ANCHORS: readonly Base64Anchor[] = [
  ...AT_GROUP.map((text): Base64Anchor => ({ text, phase: 0 })),
  { text: 'IDAQABAo', phase: 2 },
  { text: 'CAwEAAQKC', phase: 3 },
];

export const BASE64_BEFORE = 4 * 1024;
export const BASE64_AFTER = 12 * 1024;

const AFTER = /^(?:[A-Za-z0-9+/]|\r|\n|\\+[rn])*/;

export interface Base64Key {
  readonly key: DerKey;
  /** Characters before and from the anchor on that hold the text. */
  readonly before: number;
  readonly after: number;
}

/** The key in the base64 around an anchor; `before` ends where `after` begins, with the anchor itself. */
export function base64KeyAround(anchor: Base64Anchor, before: string, after: string): Base64Key | null {
  const head = lastLines(before);
  const tail = AFTER.exec(after)?.[0] ?? '';
  const [headDigits, tailDigits] = [head, tail].map((text) => text.replace(/\\+[rn]|[\r\n]/g, ''));
  if (headDigits === undefined || tailDigits === undefined || headDigits.length + tailDigits.length < 40) return null;
  // Drop what comes before a whole group, so that the anchor falls where its phase says.
  const drop = (((headDigits.length - anchor.phase) % 4) + 4) % 4;
  const [key] = keysInDer(Buffer.from(headDigits.slice(drop) + tailDigits, 'base64'));
  return key === undefined ? null : { key, before: head.length, after: tail.length };
}

/** What a body may hold, back from the end. A regular expression tied to the end alone would be tried at each place. */
function lastLines(before: string): string {
  const other = /[^A-Za-z0-9+/\r\n\\]/;
  for (let i = before.length - 1; i >= 0; i--) if (other.test(before.charAt(i))) return before.slice(i + 1);
  return before;
}
