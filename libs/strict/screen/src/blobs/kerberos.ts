import type { AnchorDetector } from '../job/anchor-detector.js';
import { sightingIn } from '../job/job.js';
import { hex } from '../keys/der-writer.js';
import { looksRandom } from '../rsa/distinct-bytes.js';

/** EncryptionKey of RFC 4120: type, then an OCTET STRING of exactly the type's length. AES-256, AES-128, RC4. */
const ENCRYPTION_KEYS: readonly (readonly [string, number])[] = [
  ['a0 03 02 01 12 a1 22 04 20', 32],
  ['a0 03 02 01 11 a1 12 04 10', 16],
  ['a0 03 02 01 17 a1 12 04 10', 16],
];

const keys: AnchorDetector[] = ENCRYPTION_KEYS.map(([head, length]) => {
  const pattern = hex(head);
  return {
    detector: 'kerberos',
    pattern,
    cost: 64,
    inspect: (window, at, job) => {
      const from = at + pattern.length;
      const to = from + length;
      if (to > window.to || !looksRandom(window.bytes, from, length)) return;
      const value = Uint8Array.from(window.bytes.subarray(from, to));
      const sighting = sightingIn(window, 'kerberos', 2, { from: at, to });
      job.book.record({ type: 'plain', kind: 'kerberos-key', value, isText: false }, sighting);
    },
  };
});

const KEY_BYTES: ReadonlyMap<number, number> = new Map([
  [16, 24],
  [17, 16],
  [18, 32],
  [19, 16],
  [20, 32],
  [23, 16],
]);

/** A keytab, version 2: big-endian; the first entry must be sound down to its key. */
const keytab: AnchorDetector = {
  detector: 'kerberos',
  pattern: hex('05 02 00 00 00'),
  cost: 256,
  inspect: (window, at, job) => {
    const bytes = Buffer.from(window.bytes.subarray(at, Math.min(at + 1024, window.to)));
    const key = keytabKey(bytes);
    if (key === null) return;
    const sighting = sightingIn(window, 'kerberos', 2, { from: at + key.from, to: at + key.to });
    const value = Uint8Array.from(bytes.subarray(key.from, key.to));
    job.book.record({ type: 'plain', kind: 'kerberos-keytab-key', value, isText: false }, sighting);
  },
};

/** size, components, realm, names, name type, time, version, key type, key. */
function keytabKey(bytes: Buffer): { from: number; to: number } | null {
  if (bytes.length < 64) return null;
  const end = 6 + bytes.readInt32BE(2);
  const components = bytes.readUInt16BE(6);
  if (end > bytes.length || components < 1 || components > 4) return null;
  let at = 8;
  for (let i = 0; i <= components; i++) {
    const length = at + 2 <= end ? bytes.readUInt16BE(at) : 0;
    const text = bytes.toString('latin1', at + 2, at + 2 + length);
    if (length < 1 || length > 255 || !/^[ -~]+$/.test(text)) return null;
    at += 2 + length;
  }
  at += 9;
  if (at + 4 > end) return null;
  const length = bytes.readUInt16BE(at + 2);
  return KEY_BYTES.get(bytes.readUInt16BE(at)) === length && at + 4 + length <= end
    ? { from: at + 4, to: at + 4 + length }
    : null;
}

/** A credential cache, version 4, with the header that MIT writes. */
const cache: AnchorDetector = {
  detector: 'kerberos',
  pattern: hex('05 04 00 0c 00 01 00 08'),
  cost: 16,
  inspect: (window, at, job) => {
    job.book.recordShape('kerberos-credential-cache', sightingIn(window, 'kerberos', 1, { from: at, to: at + 8 }));
  },
};

export const KERBEROS_DETECTORS: readonly AnchorDetector[] = [...keys, keytab, cache];
