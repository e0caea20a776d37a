/** Each detector's version. Raise it when it would find more than before: what it screened is then due again. */
const VERSIONS = {
  copies: 1,
  'aes-schedule': 1,
  pem: 1,
  'openssh-file': 1,
  putty: 1,
  jwk: 1,
  's-expression': 1,
  'base64-der': 1,
  der: 1,
  'rsa-numbers': 1,
  'curve-scalar': 2,
  'ssh-shield': 1,
  token: 1,
  'key-container': 1,
  'windows-key': 2,
  kerberos: 1,
  'tls-secret': 1,
  chacha20: 1,
  environment: 1,
} as const;

export type DetectorId = keyof typeof VERSIONS;

/** Of the set as a whole: what a report calls "screened by detectors vN". */
export const DETECTOR_SET = 2;

export function versioned(id: DetectorId): string {
  return `${id}@${VERSIONS[id]}`;
}
