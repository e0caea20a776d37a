import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  EMPTY_ROOT,
  type NoteSigner,
  checkpointText,
  cosignNote,
  heldBy,
  keyId,
  keysAfter,
  noteText,
  parseCheckpoint,
  parseNote,
  parseProofText,
  parseVerifierKey,
  proofText,
  signNote,
  successionNote,
  verifierKeyText,
  verifierOf,
} from '../index.js';

// golang.org/x/mod/sumdb/note, example_test.go
const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const NOTE = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;

const signer = (name: string): NoteSigner => ({ name, privateKey: generateKeyPairSync('ed25519').privateKey });
const text = checkpointText({ origin: 'log.example', size: 7, root: EMPTY_ROOT });

test("reads and verifies the note of Go's own example", () => {
  const key = parseVerifierKey(PETER);
  expect(keyId(key)).toBe('c74f20a3');
  expect(verifierKeyText(key)).toBe(PETER);
  const note = parseNote(NOTE);
  expect(noteText(note)).toBe(NOTE);
  expect(heldBy(key, note)).toEqual({ at: null });
  expect(heldBy(key, { ...note, text: note.text.replace('answer', 'Answer') })).toBeNull();
});

test('a note is held by who signed it, under that name, and by nobody else', () => {
  const [log, other] = [signer('log.example'), signer('log.example')];
  const note = parseNote(noteText({ text, signatures: [signNote(log, text)] }));
  expect(heldBy(verifierOf(log, 'note'), note)).toEqual({ at: null });
  expect(heldBy(verifierOf(other, 'note'), note)).toBeNull();
  expect(heldBy({ ...verifierOf(log, 'note'), name: 'other.example' }, note)).toBeNull();
  expect(heldBy(verifierOf(log, 'cosignature'), note)).toBeNull();
});

test('a cosignature says when, and the time cannot be changed', () => {
  const witness = signer('witness.example');
  const at = new Date('2026-03-04T05:06:07Z');
  const signed = cosignNote(witness, text, at);
  expect(heldBy(verifierOf(witness, 'cosignature'), { text, signatures: [signed] })).toEqual({ at });
  const bytes = Buffer.from(signed.bytes);
  bytes.writeBigUInt64BE(BigInt(at.getTime() / 1000 + 1));
  expect(heldBy(verifierOf(witness, 'cosignature'), { text, signatures: [{ ...signed, bytes }] })).toBeNull();
});

test.each([
  '',
  'x',
  'text\n\n',
  'text\n— a b\n',
  'text\n\n— a !!\n',
  'text\n\n- a AAAAAAAA\n',
  'a\u0000\n\n— a AAAAAAAA\n',
])('%j is no note', (note) => {
  expect(() => parseNote(note)).toThrow('ledger.malformed-note');
});

test.each(['', 'a+b', PETER.replace('c74f20a3', 'c74f20a4'), PETER.replace('+ARpc', '+AZpc'), `${PETER}AAAA`])(
  '%j is no key',
  (key) => {
    expect(() => parseVerifierKey(key)).toThrow('ledger.malformed-key');
  },
);

test('a checkpoint is read as it was written', () => {
  expect(checkpointText(parseCheckpoint(text))).toBe(text);
  for (const wrong of [
    '',
    'a\n1\n',
    'a\n01\nAA==\n',
    text.replace('7', '-7'),
    text.replace('7', '07'),
    text.slice(0, -6),
  ])
    expect(() => parseCheckpoint(wrong)).toThrow('ledger.malformed-checkpoint');
});

test('a key leads to those that it names, step by step, and to none that somebody else names', () => {
  const [first, second, third, thief] = [signer('l'), signer('l'), signer('l'), signer('l')];
  const keys = (...signers: NoteSigner[]) => signers.map((one) => verifierKeyText(verifierOf(one, 'note')));
  const steps = [successionNote(first, second), successionNote(second, third)];
  const known = (notes: string[]) => keysAfter([verifierOf(first, 'note')], notes).map(verifierKeyText);
  expect(known([])).toEqual(keys(first));
  expect(known(steps)).toEqual(keys(first, second, third));
  expect(known([successionNote(thief, second)])).toEqual(keys(first));
  const [step = ''] = steps;
  const forged = step.replace(keys(second)[0] ?? '', keys(thief)[0] ?? '');
  expect(known([forged])).toEqual(keys(first));
});

test('a receipt is read as it was written', () => {
  const proof = { entry: Buffer.from('entry'), index: 3, proof: [EMPTY_ROOT], checkpoint: NOTE };
  expect(parseProofText(proofText(proof))).toEqual(proof);
  for (const wrong of ['', 'c2sp.org/tlog-proof@v1\n\n', proofText(proof).replace('index 3', 'index 03')])
    expect(() => parseProofText(wrong)).toThrow('ledger.malformed-proof');
});
