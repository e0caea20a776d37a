/** SHA-256 of the SubjectPublicKeyInfo of private keys that are published: tests of libraries, examples of standards. */
const KNOWN: ReadonlySet<string> = new Set<string>([]);

export function isKnownPublicKey(spki: string): boolean {
  return KNOWN.has(spki);
}
