import type { AnchorDetector } from '../job/anchor-detector.js';
import { type Job, sightingIn } from '../job/job.js';
import type { Window } from '../frame/window.js';
import { bigOf, bigOfLimbs } from '../keys/big.js';
import { ecKeyOfPoint, SCALAR_BYTES } from '../keys/curve-key.js';
import { hex } from '../keys/der-writer.js';
import { rsaFromFactor } from '../keys/rsa-key.js';
import type { EcCurve } from '../keys/secret.js';
import { looksRandom } from '../rsa/distinct-bytes.js';

const MOST_MODULUS_BYTES = 2048;

const u32 = ({ bytes }: Window, at: number): number =>
  ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)) >>> 0;

/** BCRYPT_RSAPRIVATE_BLOB and its full form (bcrypt.h): a head of six numbers, then exponent, modulus and primes, big-endian. */
function cngRsa(window: Window, at: number, job: Job): void {
  const [bits, exponentBytes, modulusBytes, pBytes] = [4, 8, 12, 16].map((field) => u32(window, at + field));
  if (bits === undefined || exponentBytes === undefined || modulusBytes === undefined || pBytes === undefined) return;
  if (modulusBytes !== Math.ceil(bits / 8) || modulusBytes < 64 || modulusBytes > MOST_MODULUS_BYTES) return;
  if (exponentBytes < 1 || exponentBytes > 8 || pBytes > modulusBytes) return;
  const modulusAt = at + 24 + exponentBytes;
  const pAt = modulusAt + modulusBytes;
  const to = pAt + pBytes + u32(window, at + 20);
  if (to > window.to) return;
  const number = (from: number, length: number) => bigOf(window.bytes.subarray(from, from + length));
  const secret = rsaFromFactor(number(modulusAt, modulusBytes), number(pAt, pBytes), number(at + 24, exponentBytes));
  if (secret !== null) job.book.record(secret, sightingIn(window, 'windows-key', 4, { from: at, to }));
}

/** PRIVATEKEYBLOB of CryptoAPI (wincrypt.h): little-endian throughout; the modulus, then the primes. */
function capiRsa(window: Window, at: number, job: Job): void {
  const size = u32(window, at + 12) / 8;
  if (!Number.isInteger(size) || size < 64 || size > MOST_MODULUS_BYTES) return;
  const modulusAt = at + 20;
  const pAt = modulusAt + size;
  const to = modulusAt + Math.ceil(4.5 * size);
  if (to > window.to) return;
  const number = (from: number, length: number) => bigOfLimbs(window.bytes.subarray(from, from + length));
  const secret = rsaFromFactor(number(modulusAt, size), number(pAt, size / 2), BigInt(u32(window, at + 16)));
  if (secret !== null) job.book.record(secret, sightingIn(window, 'windows-key', 4, { from: at, to }));
}

const cngEc =
  (curve: EcCurve) =>
  (window: Window, at: number, job: Job): void => {
    const size = u32(window, at + 4);
    const to = at + 8 + 3 * size;
    if (size !== SCALAR_BYTES[curve] || to > window.to) return;
    const point = Buffer.concat([Buffer.of(4), window.bytes.subarray(at + 8, at + 8 + 2 * size)]);
    const secret = ecKeyOfPoint(curve, window.bytes.subarray(to - size, to), point);
    if (secret !== null) job.book.record(secret, sightingIn(window, 'windows-key', 4, { from: at, to }));
  };

/** BCRYPT_KEY_DATA_BLOB: version 1 and a length that a cipher has. */
function cngSymmetric(window: Window, at: number, job: Job): void {
  const size = u32(window, at + 8);
  const to = at + 12 + size;
  if (u32(window, at + 4) !== 1 || (size !== 16 && size !== 24 && size !== 32) || to > window.to) return;
  const value = Uint8Array.from(window.bytes.subarray(at + 12, to));
  if (!looksRandom(value, 0, size)) return;
  const sighting = sightingIn(window, 'windows-key', 1, { from: at, to });
  job.book.record({ type: 'plain', kind: 'windows-symmetric-key', value, isText: false }, sighting);
}

/** Cipher keys of lsass: a size, the tag, and further on, by the build, the length of the secret and the secret (pypykatz, lsa_template_nt6). */
function lsassKey(window: Window, at: number, job: Job): void {
  const size = u32(window, at - 4);
  if (at - 4 < window.from || size < 0x30 || size > 0x400) return;
  for (let field = at + 8; field < at + Math.min(size, 0x80); field += 4) {
    const length = u32(window, field);
    const to = field + 4 + length;
    if ((length !== 16 && length !== 24 && length !== 32) || to > window.to) continue;
    if (!looksRandom(window.bytes, field + 4, length)) continue;
    const value = Uint8Array.from(window.bytes.subarray(field + 4, to));
    const sighting = sightingIn(window, 'windows-key', 1, { from: at - 4, to });
    job.book.record({ type: 'plain', kind: 'lsass-symmetric-key', value, isText: false }, sighting);
    return;
  }
}

const DPAPI_BYTES = 20;

function dpapi(window: Window, at: number, job: Job): void {
  const span = { from: at, to: Math.min(at + DPAPI_BYTES, window.to) };
  job.book.recordShape('dpapi-blob', sightingIn(window, 'windows-key', 1, span));
}

const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const row = (pattern: Uint8Array, inspect: AnchorDetector['inspect']): AnchorDetector => ({
  detector: 'windows-key',
  pattern,
  cost: 256,
  inspect,
});

/** Keys as CNG, CryptoAPI and DPAPI write them. Known from the headers; no Windows dump was at hand to try them on. */
export const WINDOWS_DETECTORS: readonly AnchorDetector[] = [
  row(latin('RSA2'), cngRsa),
  row(latin('RSA3'), cngRsa),
  row(hex('07 02 00 00 00 a4 00 00 52 53 41 32'), capiRsa),
  row(hex('07 02 00 00 00 24 00 00 52 53 41 32'), capiRsa),
  ...(['ECS2', 'ECK2'] as const).map((magic) => row(latin(magic), cngEc('P-256'))),
  ...(['ECS4', 'ECK4'] as const).map((magic) => row(latin(magic), cngEc('P-384'))),
  ...(['ECS6', 'ECK6'] as const).map((magic) => row(latin(magic), cngEc('P-521'))),
  row(latin('KDBM'), cngSymmetric),
  row(latin('KSSM'), lsassKey),
  row(latin('MSSK'), lsassKey),
  row(hex('01 00 00 00 d0 8c 9d df 01 15 d1 11 8c 7a 00 c0 4f c2 97 eb'), dpapi),
];
