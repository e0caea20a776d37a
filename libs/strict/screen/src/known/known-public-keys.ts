/**
 * SHA-256 of the SubjectPublicKeyInfo of private keys that everybody has: such a key in a dump is no leak. Made by this
 * screen itself, of Debian 12's openssl 3.0 and libgnutls 3.7 as they are shipped, and of the RFCs named.
 */
const KNOWN: ReadonlySet<string> = new Set([
  // `openssl speed`: RSA of 1024 to 15360 bits.
  'cebf59a465ccd9c42a7f7f6a789cc741d43cacbc502587ed1c5f0f4e445f1c39',
  'd2d8c7d1de1e118e810c15eb7f8d9560a433e15cd55eac52aade81d6669cf133',
  'adadc3246bb4830551c6da143d7462727967bda53059ae6f152323b0aba69595',
  '01e67e56244b43b668e2b9a697daaafcfb501fa78de2fcc4aa32bdae6dd94af6',
  'a6fdc2c6d07aa877e3ac360c2ce5efb69ab7dce2fd8df3c1bce0564b17114bc2',
  '0ea7caf9dd07fd79fe22ceb5efbbd7d4445d231e92ee1bf3b2a022eaffb00495',
  // Self-tests of GnuTLS: RSA, P-256, P-384.
  '5a9214aa789ffe021992636dd17ca313f340948e604d4122735160f3d46688a0',
  '5bd7bad40971be901e68d9b97405c3a3e996adbede885869b270185ad499108e',
  '6e1900f654edb2e599930c8a287c7263ea170f010826630893227e7cec221586',
  // RFC 8032 7.1, RFC 8037 appendix A: Ed25519.
  '06e3fd8fda29bb60ab59557de61edb0aecdb231134be30e75b455f8e1b792fa9',
]);

export function isKnownPublicKey(spki: string): boolean {
  return KNOWN.has(spki);
}
