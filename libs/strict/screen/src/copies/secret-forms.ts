import { createHash } from 'node:crypto';
import { expandFrom, inverseMixColumn, type KeyWords, swapBytes } from '../aes/key-schedule.js';
import { CURVES, MONTGOMERY_BITS } from '../ec/curve-equation.js';
import { bigOf, bytesOf } from '../keys/big.js';
import { rsaComponents } from '../keys/rsa-key.js';
import type { AesSecret, EcSecret, OkpSecret, PlainSecret, RsaSecret, Secret } from '../keys/secret.js';
import { byteForms, type Form, numberForms, widened } from './number-forms.js';
import { privateDer } from './private-der.js';

/** Every form of every private part of a secret. Public parts are in none, or stand outside its secret part. */
export function formsOf(secret: Secret): Form[] {
  const narrow = narrowForms(secret);
  return [...narrow, ...narrow.filter(({ isText }) => isText).map(widened)];
}

function narrowForms(secret: Secret): Form[] {
  switch (secret.type) {
    case 'rsa':
      return rsaForms(secret);
    case 'ec':
      return ecForms(secret);
    case 'okp':
      return okpForms(secret);
    case 'aes':
      return aesForms(secret);
    case 'plain':
      return plainForms(secret);
  }
}

function rsaForms(secret: RsaSecret): Form[] {
  const { p, q, d, dp, dq, inverses } = rsaComponents(secret);
  const size = bytesOf(p).length;
  const halves = [p, q, dp, dq, ...inverses].filter((value) => value !== null);
  return [
    ...halves.flatMap((value) => numberForms(value, size)),
    // Runtimes drop leading zeros, or keep them.
    ...halves.filter((value) => bytesOf(value).length < size).flatMap((value) => numberForms(value, 0)),
    ...d.flatMap((value) => numberForms(value, 0)),
    ...privateDer(secret).flatMap(derForms),
  ];
}

function ecForms(secret: EcSecret): Form[] {
  const { curve, d } = secret;
  // ring and Go keep a scalar multiplied by R, as limbs.
  const montgomery = bytesOf((bigOf(d) << MONTGOMERY_BITS[curve]) % CURVES[curve].order, d.length);
  return [
    ...numberForms(bigOf(d), d.length),
    ...byteForms(Uint8Array.from(montgomery).reverse()).slice(0, 1),
    ...privateDer(secret).flatMap(derForms),
  ];
}

function okpForms(secret: OkpSecret): Form[] {
  if (secret.isExpanded === true) return byteForms(secret.seed);
  const forms = [...byteForms(secret.seed), ...privateDer(secret).flatMap(derForms)];
  if (secret.curve === 'X25519') return forms;
  // RFC 8032: what is multiplied is the first half of the seed's SHA-512; libraries keep all of it, clamped or not.
  const expanded = createHash('sha512').update(secret.seed).digest();
  const clamped = Uint8Array.from(expanded);
  clamped[0] = (clamped[0] ?? 0) & 248;
  clamped[31] = ((clamped[31] ?? 0) & 127) | 64;
  return [...forms, ...byteForms(expanded).slice(0, 1), ...byteForms(clamped).slice(0, 1)];
}

/** DER as it is, and in base64 as PEM holds it: line by line, since a match ends where a line does. */
function derForms(form: Form): Form[] {
  const text = Buffer.from(form.bytes).toString('base64');
  const from = Math.ceil(form.from / 3) * 4;
  return [form, { bytes: Buffer.from(text), isText: true, from, to: Math.floor(form.to / 3) * 4 }];
}

function aesForms({ key }: AesSecret): Form[] {
  const nk = (key.length / 4) as KeyWords;
  const words = new Int32Array(Uint8Array.from(key).buffer);
  const forward = expandFrom(nk, words, 0);
  const rounds = nk + 6;
  const inverted = forward.map((word, i) => (i < 4 || i >= 4 * rounds ? word : inverseMixColumn(word)));
  const schedules = [forward, inverted, ...[forward, inverted].map(roundsReversed)];
  const all = [...schedules, ...schedules.map((schedule) => schedule.map(swapBytes))];
  return [
    ...byteForms(key),
    ...all.map((schedule) => ({
      bytes: new Uint8Array(schedule.buffer),
      isText: false,
      from: 0,
      to: 4 * schedule.length,
    })),
  ];
}

function roundsReversed(schedule: Int32Array): Int32Array {
  const rounds = schedule.length / 4;
  return schedule.map((_, i) => schedule[4 * (rounds - 1 - (i >> 2)) + (i & 3)] ?? 0);
}

function plainForms({ value, isText }: PlainSecret): Form[] {
  if (isText) return [{ bytes: value, isText: true, from: 0, to: value.length }];
  return byteForms(value);
}
