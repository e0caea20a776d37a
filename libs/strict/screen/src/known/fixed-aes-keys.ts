/**
 * Keys that are written down in standards. `00 01 02 …` lies in every OpenSSL process: the key of the derivation function
 * of CTR_DRBG (SP 800-90A 10.3.2). The others are those of FIPS 197 and SP 800-38A, which libraries test themselves with.
 */
const FIXED = new Set([
  '000102030405060708090a0b0c0d0e0f',
  '000102030405060708090a0b0c0d0e0f1011121314151617',
  '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
  '2b7e151628aed2a6abf7158809cf4f3c',
  '8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b',
  '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4',
]);

export function isFixedAesKey(key: Uint8Array): boolean {
  return key.every((byte) => byte === key[0]) || FIXED.has(Buffer.from(key).toString('hex'));
}
