import { bigOf } from '../keys/big.js';
import { ecKeyOfPoint, okpKeyOfPoint } from '../keys/curve-key.js';
import { rsaFromExponent, rsaFromFactor } from '../keys/rsa-key.js';
import type { EcCurve, Secret } from '../keys/secret.js';
import type { TextKey } from './pem.js';

export const S_EXPRESSION_HEADS = ['(11:private-key', '(21:protected-private-key'] as const;
export const S_EXPRESSION_CHARACTERS = 8 * 1024;

const CURVES: Readonly<Record<string, EcCurve>> = {
  'NIST P-256': 'P-256',
  'NIST P-384': 'P-384',
  'NIST P-521': 'P-521',
  secp256k1: 'secp256k1',
};

/** A canonical S-expression of libgcrypt, as gpg-agent keeps it in files and passes it on. */
export function sExpressionKey(text: string): TextKey | null {
  if (text.startsWith(S_EXPRESSION_HEADS[1])) {
    return { from: 0, to: 25, secret: null, kind: 'encrypted-private-key', level: 2 };
  }
  const members = membersOf(text);
  const secret = secretOf(members.values);
  return secret === null ? null : { from: 0, to: members.end, secret, kind: 'private-key', level: 4 };
}

/** `(1:n129:…)`: a name of one to five characters, then its value, each with its length before it. */
function membersOf(text: string): { values: Map<string, Uint8Array>; end: number } {
  const values = new Map<string, Uint8Array>();
  let end = 0;
  const pair = /\((\d):([a-z]{1,5})(\d{1,4}):/y;
  for (let at = text.indexOf('(', 1); at >= 0 && values.size < 12;) {
    pair.lastIndex = at;
    const found = pair.exec(text);
    const name = found?.[2];
    if (found === null || name?.length !== Number(found[1])) {
      at = text.indexOf('(', at + 1);
      continue;
    }
    const start = at + found[0].length;
    end = start + Number(found[3]);
    if (end > text.length) break;
    values.set(name, Buffer.from(text.slice(start, end), 'latin1'));
    at = text.indexOf('(', end);
  }
  return { values, end: Math.min(end + 3, text.length) };
}

function secretOf(values: ReadonlyMap<string, Uint8Array>): Secret | null {
  const [n, e, p, d, q] = ['n', 'e', 'p', 'd', 'q'].map((name) => values.get(name));
  if (n !== undefined && e !== undefined) {
    const byFactor = p === undefined ? null : rsaFromFactor(bigOf(n), bigOf(p), bigOf(e));
    return byFactor ?? (d === undefined ? null : rsaFromExponent(bigOf(n), bigOf(e), bigOf(d)));
  }
  const curve = Buffer.from(values.get('curve') ?? new Uint8Array()).toString('latin1');
  if (q === undefined || d === undefined) return null;
  if (curve === 'Ed25519') return okpKeyOfPoint('Ed25519', d.subarray(-32), q.subarray(-32));
  const known = CURVES[curve];
  return known === undefined ? null : ecKeyOfPoint(known, d.subarray(-((q.length - 1) / 2)), q);
}
