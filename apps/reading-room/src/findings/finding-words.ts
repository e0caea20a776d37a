import type { Finding, Rotation } from '../api/wire.js';

/** `rsa-private-key` is `RSA private key`: abbreviations as people write them. */
export function kindWords(kind: string): string {
  const words = kind.split('-').map((word) => ABBREVIATIONS.get(word) ?? word);
  const text = words.join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const ABBREVIATIONS = new Map(
  ['rsa', 'ec', 'aes', 'tls', 'ssh', 'jwt', 'jwk', 'pem', 'dsa', 'dh', 'gpg', 'cng', 'capi', 'dpapi', 'aws', 'npm'].map(
    (word) => [word, word.toUpperCase()],
  ),
);

/** facts on screening: what each level proves. */
export const LEVEL_WORDS: readonly string[] = [
  'a shape',
  'a likely shape',
  'a structure that fits',
  'checked by its own checksum',
  'proved by its mathematics',
  'proved against its public part',
];

export const SEVERITY_TONES: Readonly<Record<Finding['severity'], 'danger' | 'warn' | 'plain'>> = {
  critical: 'danger',
  high: 'danger',
  medium: 'warn',
  low: 'plain',
  info: 'plain',
};

export const ROTATION_WORDS: Readonly<Record<Rotation, string>> = {
  open: 'Nothing done yet',
  rotating: 'Being replaced',
  rotated: 'Replaced',
  accepted: 'Accepted as it is',
};
