import { bigOf } from '../keys/big.js';
import { ecKeyOfPoint, okpKeyOfPoint } from '../keys/curve-key.js';
import { rsaFromFactor } from '../keys/rsa-key.js';
import type { EcCurve, Secret } from '../keys/secret.js';
import type { TextKey } from './pem.js';

export const PUTTY_HEAD = 'PuTTY-User-Key-File-';
export const PUTTY_CHARACTERS = 12 * 1024;

const CURVES: Readonly<Record<string, EcCurve>> = { nistp256: 'P-256', nistp384: 'P-384', nistp521: 'P-521' };

/** A key file of PuTTY, version 2 or 3: public and private halves are blocks of base64 of their own. */
export function puttyKey(text: string): TextKey | null {
  const head = /^PuTTY-User-Key-File-[23]: ([a-z0-9-]{4,30})\r?\nEncryption: ([a-z0-9-]{4,20})\r?\n/.exec(text);
  if (head === null) return null;
  const publicHalf = block(text, 'Public-Lines');
  const privateHalf = block(text, 'Private-Lines');
  if (privateHalf === null) return null;
  const span = { from: 0, to: privateHalf.end };
  if (head[2] !== 'none') return { ...span, secret: null, kind: 'encrypted-private-key', level: 2 };
  const secret = publicHalf === null ? null : secretOf(head[1] ?? '', publicHalf.content, privateHalf.content);
  if (secret === null) return { ...span, secret: null, kind: 'private-key-text', level: 1 };
  return { ...span, secret, kind: 'private-key', level: 4 };
}

function block(text: string, name: string): { content: Uint8Array; end: number } | null {
  const found = new RegExp(`${name}: (\\d{1,3})\\r?\\n((?:[A-Za-z0-9+/=]{1,64}\\r?\\n?){1,200})`).exec(text);
  const lines = found?.[2]?.split(/\r?\n/).slice(0, Number(found[1]));
  if (found === null || lines === undefined) return null;
  return { content: Buffer.from(lines.join(''), 'base64'), end: found.index + found[0].length };
}

function secretOf(type: string, publicHalf: Uint8Array, privateHalf: Uint8Array): Secret | null {
  const open = strings(publicHalf);
  const hidden = strings(privateHalf);
  if (type === 'ssh-rsa') {
    const [, e, n] = open;
    const [, p] = hidden;
    return e && n && p ? rsaFromFactor(bigOf(n), bigOf(p), bigOf(e)) : null;
  }
  const d = hidden[0];
  if (d === undefined) return null;
  if (type === 'ssh-ed25519') return open[1] === undefined ? null : okpKeyOfPoint('Ed25519', sized(d, 32), open[1]);
  const curve = CURVES[type.replace('ecdsa-sha2-', '')];
  const point = open[2];
  if (curve === undefined || point === undefined) return null;
  return ecKeyOfPoint(curve, sized(d, (point.length - 1) / 2), point);
}

function strings(bytes: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 4 <= bytes.length && found.length < 8;) {
    const end = at + 4 + view.getUint32(at);
    if (end > bytes.length) break;
    found.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return found;
}

function sized(number: Uint8Array, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const tail = number.subarray(Math.max(0, number.length - length));
  bytes.set(tail, length - tail.length);
  return bytes;
}
