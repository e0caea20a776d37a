import { keysInDer } from '../der/private-key.js';
import { openSshKeys } from '../ssh/openssh-file.js';
import type { Level } from '../job/finding.js';
import type { Secret } from '../keys/secret.js';
import type { TextView } from './text-window.js';

/** What a text holds: a proven secret, or something that has the shape of one. */
export interface TextKey {
  readonly secret: Secret | null;
  readonly kind: string;
  readonly level: Level;
  /** Characters from the beginning of the view. */
  readonly from: number;
  readonly to: number;
}

export const PEM_HEAD = '-----BEGIN ';
/** An RSA-16384 key in PEM, with escapes. */
export const PEM_CHARACTERS = 16 * 1024;

const HEAD = /^-----BEGIN ((?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?)-----/;
/** RFC 1421 headers, and those of PGP armour. */
const HEADERS = /^(?:\s*[A-Za-z][A-Za-z-]{1,30}: [^\n]{0,200}\n)+/;
const BODY = /^(?:[A-Za-z0-9+/=]|\s|\\+[rnt]|["',]){1,16000}/;
const MIN_TRUNCATED = 64;

/** A private key in PEM of any label: whole, escaped as in JSON and shell, or cut off. */
export function pemAt(view: TextView): TextKey | null {
  const head = HEAD.exec(view.text.slice(0, 128));
  if (head === null) return null;
  const label = head[1] ?? '';
  const from = head[0].length;
  const headers = HEADERS.exec(view.text.slice(from, from + 1024).replace(/\\+n/g, '\n'))?.[0] ?? '';
  const bodyStart = headers === '' ? from : headersEnd(view.text, from, headers);
  const body = BODY.exec(view.text.slice(bodyStart))?.[0] ?? '';
  const digits = body.replace(/\\+[rnt]|[^A-Za-z0-9+/]/g, '');
  if (digits.length < 40) return null;
  const closed = view.text.startsWith('-----END ', bodyStart + body.length);
  const end = bodyStart + body.length + (closed ? `-----END ${label}-----`.length : 0);
  const encrypted = /ENCRYPTED/.test(label) || /ENCRYPTED/.test(headers);
  const span = { from: 0, to: Math.min(end, view.text.length) };
  if (encrypted) return { ...span, secret: null, kind: 'encrypted-private-key', level: closed ? 2 : 1 };
  return contentOf(label, Buffer.from(digits, 'base64'), closed, digits.length, span);
}

function contentOf(
  label: string,
  content: Uint8Array,
  closed: boolean,
  digits: number,
  span: { readonly from: number; readonly to: number },
): TextKey | null {
  if (label === 'OPENSSH PRIVATE KEY') {
    const [key] = openSshKeys(content, 0);
    if (key !== undefined) return { ...span, secret: key.secret, kind: key.kind, level: key.level };
  }
  const [key] = keysInDer(content);
  if (key !== undefined) return { ...span, secret: key.secret, kind: 'private-key', level: key.level };
  if (label.startsWith('PGP') && closed && (content[0] ?? 0) >= 0x94) {
    return { ...span, secret: null, kind: 'pgp-private-key', level: 2 };
  }
  if (label === 'DSA PRIVATE KEY' && closed && content[0] === 0x30) {
    return { ...span, secret: null, kind: 'dsa-private-key', level: 2 };
  }
  return digits >= MIN_TRUNCATED ? { ...span, secret: null, kind: 'private-key-text', level: 1 } : null;
}

/** Headers were measured with escapes undone: find their end in the text as it lies. */
function headersEnd(text: string, from: number, headers: string): number {
  const lastLine = headers.trimEnd().split('\n').at(-1) ?? '';
  const at = text.indexOf(lastLine, from);
  return at < 0 ? from : at + lastLine.length;
}
