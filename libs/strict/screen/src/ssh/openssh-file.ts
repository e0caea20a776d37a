import { bigOf } from '../keys/big.js';
import { ecKeyOfPoint, okpKeyOfPoint } from '../keys/curve-key.js';
import { rsaFromFactor } from '../keys/rsa-key.js';
import type { EcCurve, Secret } from '../keys/secret.js';
import type { Level } from '../job/finding.js';

export interface SshKey {
  readonly secret: Secret | null;
  readonly kind: string;
  readonly level: Level;
  readonly from: number;
  readonly to: number;
}

/** First bytes of a key file of OpenSSH (PROTOCOL.key), once its base64 is undone. */
export const OPENSSH_MAGIC = 'openssh-key-v1\0';

const CURVES: Readonly<Record<string, EcCurve>> = { nistp256: 'P-256', nistp384: 'P-384', nistp521: 'P-521' };

/** The keys of an OpenSSH file that begins at `at`; an encrypted one has the shape alone. */
export function openSshKeys(bytes: Uint8Array, at: number): SshKey[] {
  if (Buffer.from(bytes.subarray(at, at + OPENSSH_MAGIC.length)).toString('latin1') !== OPENSSH_MAGIC) return [];
  const reader = new SshReader(bytes, at + OPENSSH_MAGIC.length);
  const cipher = reader.text();
  reader.string();
  reader.string();
  const count = reader.number();
  if (cipher === null || count === null || count < 1 || count > 16) return [];
  for (let i = 0; i < count; i++) reader.string();
  if (cipher !== 'none') {
    const body = reader.string();
    const shape = { secret: null, kind: 'encrypted-private-key', from: at, to: reader.at };
    return body === null ? [] : [{ ...shape, level: 2 }];
  }
  reader.number();
  const [first, second] = [reader.number(), reader.number()];
  if (first === null || first !== second) return [];
  const key = privateKeyAt(bytes, reader.at);
  return key === null ? [] : [{ ...key, from: at }];
}

/** A private key as the agent and the file write it: type, then numbers. Proved by them. */
export function privateKeyAt(bytes: Uint8Array, at: number): SshKey | null {
  const reader = new SshReader(bytes, at);
  const type = reader.text();
  const secret = type === null ? null : secretOf(type, reader);
  return secret === null ? null : { secret, kind: 'private-key', level: 4, from: at, to: reader.at };
}

function secretOf(type: string, reader: SshReader): Secret | null {
  if (type === 'ssh-rsa') {
    const [n, e, , , p] = [0, 1, 2, 3, 4].map(() => reader.string());
    reader.string();
    return n && e && p ? rsaFromFactor(bigOf(n), bigOf(p), bigOf(e)) : null;
  }
  if (type === 'ssh-ed25519') {
    const [point, pair] = [reader.string(), reader.string()];
    return point?.length === 32 && pair?.length === 64 ? okpKeyOfPoint('Ed25519', pair.subarray(0, 32), point) : null;
  }
  if (type.startsWith('ecdsa-sha2-')) {
    const curve = CURVES[reader.text() ?? ''];
    const [point, d] = [reader.string(), reader.string()];
    if (curve === undefined || point === null || d === null || d.length > 67) return null;
    return ecKeyOfPoint(curve, padded(d, (point.length - 1) / 2), point);
  }
  return null;
}

/** An mpint may be shorter than a scalar, or one zero longer. */
function padded(number: Uint8Array, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const tail = number.subarray(Math.max(0, number.length - length));
  bytes.set(tail, length - tail.length);
  return bytes;
}

/** RFC 4251 strings; null once something does not fit. */
class SshReader {
  at: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  number(): number | null {
    const [a, b, c, d] = this.#bytes.subarray(this.at, this.at + 4);
    if (a === undefined || b === undefined || c === undefined || d === undefined) return null;
    this.at += 4;
    return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  }

  string(): Uint8Array | null {
    const length = this.number();
    if (length === null || this.at + length > this.#bytes.length) return null;
    const content = this.#bytes.subarray(this.at, this.at + length);
    this.at += length;
    return content;
  }

  text(): string | null {
    const content = this.string();
    return content === null || content.length > 64 ? null : Buffer.from(content).toString('latin1');
  }
}
