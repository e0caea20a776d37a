import { createCipheriv, createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { expandFrom, inverseMixColumn, type KeyWords, swapBytes } from '../aes/key-schedule.js';
import { ecPoints } from '../ec/derived-points.js';
import type { TakenCase } from '../job/case-book.js';
import { ecKey, okpKey } from '../keys/curve-key.js';
import { identityOf, type Secret } from '../keys/secret.js';
import { PREKEY_BYTES } from '../ssh/shielded-keys.js';
import { wide } from '../text/text-window.js';
import { githubToken } from '../tokens/checks.js';
import { ControlLayout, limbs, random } from './control-layout.js';
import { plantRsa, rsaControls } from './rsa-controls.js';

export interface Controls {
  /** What is put before the dump. */
  readonly bytes: Uint8Array;
  readonly expected: readonly Secret[];
}

/** Nothing of a negative control may be more than a shape. */
const TELLING_LEVEL = 2;

/**
 * One of each thing that detectors must find, with keys of this moment, and look-alikes that they must not. They lie in the
 * job's own input and are searched with it: a detector that misses one would have missed the dump's as well.
 */
export function makeControls(): Controls {
  const layout = new ControlLayout();
  const rsa = rsaControls();
  plantRsa(layout, rsa);
  const expected = [...rsa.secrets.map(({ secret }) => secret), ...aes(layout), ...curves(layout), shielded(layout)];
  expected.push(pem(layout), token(layout));
  return { bytes: layout.bytes(), expected };
}

/** Whether all was found that had to be, and nothing that had not. */
export function controlsHold({ expected }: Controls, found: ReadonlyMap<string, TakenCase>): boolean {
  const wanted = new Set(expected.map(identityOf));
  const isMissed = [...wanted].some((identity) => !found.has(identity));
  const isCopyMissed = ![...found.values()].some(({ detectors }) => detectors.has('copies'));
  if (isMissed || isCopyMissed) return false;
  return [...found].every(([identity, { level }]) => wanted.has(identity) || level < TELLING_LEVEL);
}

function aes(layout: ControlLayout): Secret[] {
  const secrets: Secret[] = [];
  for (const nk of [4, 6, 8] as const) {
    const schedules = [(s: Int32Array) => s, (s: Int32Array) => s.map(swapBytes), (s: Int32Array) => inverse(s, nk)];
    for (const form of schedules) {
      const key = random(4 * nk);
      const schedule = form(expandFrom(nk, new Int32Array(Uint8Array.from(key).buffer), 0));
      layout.heap(new Uint8Array(schedule.buffer));
      secrets.push({ type: 'aes', key });
    }
  }
  // A schedule that obeys the linear relations and nothing else.
  const false128 = new Int32Array(Uint8Array.from(random(176)).buffer);
  for (let i = 4; i < 44; i++) if (i % 4 !== 0) false128[i] = (false128[i - 4] ?? 0) ^ (false128[i - 1] ?? 0);
  layout.heap(new Uint8Array(false128.buffer));
  return secrets;
}

function inverse(schedule: Int32Array, nk: KeyWords): Int32Array {
  const rounds = nk + 6;
  const inverted = schedule.map((word, i) => (i < 4 || i >= 4 * rounds ? word : inverseMixColumn(word)));
  return schedule.map((_, i) => inverted[4 * (rounds - (i >> 2)) + (i & 3)] ?? 0);
}

function curves(layout: ControlLayout): Secret[] {
  const d = Uint8Array.from(random(32));
  d[0] = 1;
  const ec = ecKey('P-256', d);
  const okp = okpKey('Ed25519', random(32));
  if (ec === null || okp === null) return [];
  // The scalar as written comes first, and of its forms X in Montgomery's third.
  const montgomery = ecPoints('P-256', d)[2]?.bytes ?? d;
  // The seed once more, as text: a copy.
  layout.heap(limbs(d), montgomery, okp.seed, okp.point, Buffer.from(Buffer.from(okp.seed).toString('hex')));
  // A scalar whose point is not here.
  layout.heap(random(32));
  return [ec, okp];
}

function shielded(layout: ControlLayout): Secret {
  const prekey = randomBytes(PREKEY_BYTES);
  const secret = okpKey('Ed25519', random(32));
  if (secret === null) throw new RangeError('screen.no-control');
  const parts = [Buffer.from('ssh-ed25519'), secret.point, Buffer.concat([secret.seed, secret.point])];
  const plain = Buffer.concat(parts.flatMap((part) => [Buffer.of(0, 0, 0, part.length), part]));
  const digest = createHash('sha512').update(prekey).digest();
  const cipher = createCipheriv('aes-256-ctr', digest.subarray(0, 32), digest.subarray(32, 48));
  layout.heap(prekey, cipher.update(plain));
  return secret;
}

function pem(layout: ControlLayout): Secret {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  layout.unaligned(wide(Buffer.from(privateKey.export({ format: 'pem', type: 'sec1' }))));
  const secret = ecKey('P-256', Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url'));
  if (secret === null) throw new RangeError('screen.no-control');
  return secret;
}

function token(layout: ControlLayout): Secret {
  const good = githubToken(random(64));
  layout.unaligned(Buffer.from(good));
  // The same alphabet and length; the checksum belongs to another token.
  layout.unaligned(Buffer.from(githubToken(random(64)).slice(0, -6) + good.slice(-6)));
  return { type: 'plain', kind: 'github-token', value: Buffer.from(good), isText: true };
}
