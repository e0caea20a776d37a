import { createHmac, hkdfSync } from 'node:crypto';
import { EnvelopeError } from './envelope-error.js';

export interface Stanza {
  readonly args: readonly string[];
  readonly body: Uint8Array;
}

export interface AgeHeader {
  readonly stanzas: readonly Stanza[];
  readonly mac: Uint8Array;
  /** The bytes that the MAC covers: from the version line to `---`, without the space after it. */
  readonly covered: Uint8Array;
}

const VERSION_LINE = 'age-encryption.org/v1';
const BODY_COLUMNS = 64;
const MAC_BYTES = 32;
/** Ours are below 500 bytes; the bound keeps a hostile header from costing more than a moment. */
const MAX_HEADER_BYTES = 64 * 1024;
const ARGUMENT = /^[\x21-\x7e]+$/;

/** HMAC-SHA-256 under HKDF(file key, "header"), as c2sp.org/age section "Header MAC". */
export function headerMac(fileKey: Uint8Array, covered: Uint8Array): Buffer {
  const key = Buffer.from(hkdfSync('sha256', fileKey, new Uint8Array(0), 'header', MAC_BYTES));
  return createHmac('sha256', key).update(covered).digest();
}

/** The header as it stands at the front of an age file, its final line feed included. */
export function encodeHeader(stanzas: readonly Stanza[], fileKey: Uint8Array): Buffer {
  const covered = Buffer.from(`${VERSION_LINE}\n${stanzas.map(encodeStanza).join('')}---`, 'latin1');
  return Buffer.concat([covered, Buffer.from(` ${unpadded(headerMac(fileKey, covered))}\n`, 'latin1')]);
}

function encodeStanza({ args, body }: Stanza): string {
  if (args.length === 0 || !args.every((arg) => ARGUMENT.test(arg)))
    throw new EnvelopeError('envelope.malformed-header');
  const text = unpadded(body);
  // The last line is always shorter than 64 columns, so a body that fills its lines is followed by an empty one.
  const lines: string[] = [];
  for (let at = 0; at <= text.length; at += BODY_COLUMNS) lines.push(text.slice(at, at + BODY_COLUMNS));
  return `-> ${args.join(' ')}\n${lines.join('\n')}\n`;
}

/** Bytes up to the end of the header that an age file begins with. Throws `envelope.malformed-header`. */
export function headerLength(file: Uint8Array): number {
  const front = Buffer.from(file.buffer, file.byteOffset, Math.min(file.length, MAX_HEADER_BYTES));
  const macLine = front.indexOf('\n--- ');
  const end = macLine < 0 ? -1 : front.indexOf('\n', macLine + 1);
  if (end < 0) throw new EnvelopeError('envelope.malformed-header');
  return end + 1;
}

/** Reads exactly one header; anything before, between or behind is refused. Throws `envelope.malformed-header`. */
export function parseHeader(bytes: Uint8Array): AgeHeader {
  if (bytes.length > MAX_HEADER_BYTES) throw new EnvelopeError('envelope.malformed-header');
  const lines = Buffer.from(bytes).toString('latin1').split('\n');
  const macLine = lines.at(-2);
  if (lines[0] !== VERSION_LINE || lines.at(-1) !== '' || !macLine?.startsWith('--- ')) {
    throw new EnvelopeError('envelope.malformed-header');
  }
  const mac = decoded(macLine.slice(4));
  if (mac.length !== MAC_BYTES) throw new EnvelopeError('envelope.malformed-header');
  const covered = Buffer.from(bytes).subarray(0, bytes.length - 1 - (macLine.length - 3));
  return { stanzas: parseStanzas(lines.slice(1, -2)), mac, covered };
}

function parseStanzas(lines: readonly string[]): Stanza[] {
  const stanzas: Stanza[] = [];
  let at = 0;
  while (at < lines.length) {
    const args = stanzaArguments(lines[at++]);
    let text = '';
    for (;;) {
      const line = lines[at++];
      if (line === undefined || line.length > BODY_COLUMNS) throw new EnvelopeError('envelope.malformed-header');
      text += line;
      if (line.length < BODY_COLUMNS) break;
    }
    stanzas.push({ args, body: decoded(text) });
  }
  if (stanzas.length === 0) throw new EnvelopeError('envelope.malformed-header');
  return stanzas;
}

function stanzaArguments(line: string | undefined): string[] {
  const [mark, ...args] = line?.split(' ') ?? [];
  if (mark !== '->' || args.length === 0 || !args.every((arg) => ARGUMENT.test(arg))) {
    throw new EnvelopeError('envelope.malformed-header');
  }
  return args;
}

function unpadded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}

/** Canonical base64 only: a second spelling of the same bytes would be a second header with the same meaning. */
function decoded(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (unpadded(bytes) !== text) throw new EnvelopeError('envelope.malformed-header');
  return bytes;
}
