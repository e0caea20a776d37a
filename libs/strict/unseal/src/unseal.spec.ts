import { randomBytes } from 'node:crypto';
import {
  CHUNK_BYTES,
  EnvelopeError,
  type EnvelopeErrorCode,
  SEALED_CHUNK_BYTES,
  Sealing,
  headerLength,
  makeHeader,
  parseHeader,
  sealedSize,
} from '@crashkeep/envelope';
import { Decrypter, Encrypter } from 'age-encryption';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CiphertextSource, Identity, UnsealedPayload, openForeignHeader, openHeader } from './index.js';

const vault = Identity.generate();
const extraction = Identity.generate();
const binding = { dump: '0197a1b2-0000-7000-8000-000000000001', project: 'default' };

function sealed(plaintext: Uint8Array, pieces = 50_001, bound = binding) {
  const sealing = new Sealing(bound, { vault: vault.recipient, extraction: extraction.recipient });
  const out: Buffer[] = [];
  for (let at = 0; at < plaintext.length; at += pieces) out.push(sealing.update(plaintext.subarray(at, at + pieces)));
  out.push(sealing.final());
  return { headers: sealing.headers, payload: Buffer.concat(out) };
}

function sourceOf(bytes: Uint8Array): CiphertextSource {
  return { size: bytes.length, read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)) };
}

async function opened(file: ReturnType<typeof sealed>, identity = vault, header = file.headers.vault): Promise<Buffer> {
  const payload = await UnsealedPayload.open(sourceOf(file.payload), openHeader(header, identity, binding));
  return payload.read(0, payload.size);
}

async function codeOf(act: () => unknown): Promise<EnvelopeErrorCode | 'opened' | 'foreign error'> {
  try {
    await act();
    return 'opened';
  } catch (error) {
    return error instanceof EnvelopeError ? error.code : 'foreign error';
  }
}

const EDGES = [
  0,
  1,
  15,
  16,
  CHUNK_BYTES - 1,
  CHUNK_BYTES,
  CHUNK_BYTES + 1,
  2 * CHUNK_BYTES - 1,
  2 * CHUNK_BYTES,
  2 * CHUNK_BYTES + 1,
];

describe('a sealed dump', () => {
  test.each(EDGES)('of %i bytes opens by either header, and has the size that was foretold', async (length) => {
    const plaintext = randomBytes(length);
    const file = sealed(plaintext);
    expect(file.payload.length).toBe(sealedSize(length));
    expect((await opened(file)).equals(plaintext)).toBe(true);
    expect((await opened(file, extraction, file.headers.extraction)).equals(plaintext)).toBe(true);
  });

  test.each(EDGES)('of %i bytes is an age file to the age-encryption package', async (length) => {
    const plaintext = randomBytes(length);
    const { headers, payload } = sealed(plaintext);
    const decrypter = new Decrypter();
    decrypter.addIdentity(vault.exportSecret());
    const file = new Uint8Array(Buffer.concat([headers.vault, payload]));
    expect(Buffer.from(await decrypter.decrypt(file)).equals(plaintext)).toBe(true);
  });

  test('gives every range as it was, however the upload was cut into pieces', async () => {
    const plaintext = randomBytes(3 * CHUNK_BYTES + 77);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(plaintext.length),
        fc.nat(plaintext.length),
        fc.integer({ min: 1, max: 100_000 }),
        async (a, b, pieces) => {
          const file = sealed(plaintext, Math.max(pieces, 512));
          const payload = await UnsealedPayload.open(
            sourceOf(file.payload),
            openHeader(file.headers.vault, vault, binding),
          );
          const [from, to] = a < b ? [a, b] : [b, a];
          expect((await payload.read(from, to - from)).equals(plaintext.subarray(from, to))).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('streams piece by piece what it was', async () => {
    const plaintext = randomBytes(2 * CHUNK_BYTES + 5);
    const file = sealed(plaintext);
    const payload = await UnsealedPayload.open(sourceOf(file.payload), openHeader(file.headers.vault, vault, binding));
    const pieces: Buffer[] = [];
    for await (const piece of payload.pieces()) pieces.push(piece);
    expect(Buffer.concat(pieces).equals(plaintext)).toBe(true);
    expect(pieces.map(({ length }) => length)).toEqual([CHUNK_BYTES, CHUNK_BYTES, 5]);
  });

  test('opens by a header that the keeper makes later, and the first two open as before', async () => {
    const plaintext = randomBytes(CHUNK_BYTES + 1);
    const file = sealed(plaintext);
    const later = Identity.generate();
    const header = makeHeader(openHeader(file.headers.vault, vault, binding), binding, later.recipient);
    expect((await opened(file, later, header)).equals(plaintext)).toBe(true);
    expect((await opened(file)).equals(plaintext)).toBe(true);
    const decrypter = new Decrypter();
    decrypter.addIdentity(later.exportSecret());
    const whole = new Uint8Array(Buffer.concat([header, file.payload]));
    expect(Buffer.from(await decrypter.decrypt(whole)).equals(plaintext)).toBe(true);
  });

  test('two sealings of one plaintext share no key, nonce or chunk', () => {
    const plaintext = Buffer.alloc(CHUNK_BYTES + 1);
    const [a, b] = [sealed(plaintext), sealed(plaintext)];
    expect(a.payload.subarray(0, 16).equals(b.payload.subarray(0, 16))).toBe(false);
    expect(a.payload.subarray(16, 64).equals(b.payload.subarray(16, 64))).toBe(false);
    const keys = [a, b].map(({ headers }) => openHeader(headers.vault, vault, binding).toString('hex'));
    expect(new Set(keys).size).toBe(2);
  });

  test('an exported identity is the same identity', () => {
    expect(Identity.parse(vault.exportSecret()).recipient).toBe(vault.recipient);
  });

  test('a sealing that is finished takes and gives nothing more', async () => {
    const sealing = new Sealing(binding, { vault: vault.recipient, extraction: extraction.recipient });
    sealing.final();
    expect(await codeOf(() => sealing.update(Buffer.alloc(1)))).toBe('envelope.already-finished');
    expect(await codeOf(() => sealing.final())).toBe('envelope.already-finished');
  });
});

describe('refused', () => {
  const file = sealed(randomBytes(2 * CHUNK_BYTES + 5));

  test('any flipped bit of the header', async () => {
    for (let at = 0; at < file.headers.vault.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const header = Buffer.from(file.headers.vault);
        header.writeUInt8(header.readUInt8(at) ^ (1 << bit), at);
        expect(await codeOf(() => openHeader(header, vault, binding))).toMatch(/^envelope\.(malformed|wrong)/);
      }
    }
  });

  test('a flipped bit in any part of the payload', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(file.payload.length - 1), fc.nat(7), async (at, bit) => {
        const payload = Buffer.from(file.payload);
        payload.writeUInt8(payload.readUInt8(at) ^ (1 << bit), at);
        expect(await codeOf(() => opened({ ...file, payload }))).toBe('envelope.wrong-chunk');
      }),
    );
  });

  test('swapped chunks', async () => {
    const { payload } = file;
    const chunk = (n: number) => payload.subarray(16 + n * SEALED_CHUNK_BYTES, 16 + (n + 1) * SEALED_CHUNK_BYTES);
    const swapped = Buffer.concat([payload.subarray(0, 16), chunk(1), chunk(0), chunk(2)]);
    expect(await codeOf(() => opened({ ...file, payload: swapped }))).toBe('envelope.wrong-chunk');
  });

  test('truncation anywhere, at a chunk edge too, before any range is read', async () => {
    const lengths = [0, 15, 16, 31, 32, 16 + SEALED_CHUNK_BYTES, 16 + 2 * SEALED_CHUNK_BYTES, file.payload.length - 1];
    for (const length of lengths) {
      const source = sourceOf(file.payload.subarray(0, length));
      const key = openHeader(file.headers.vault, vault, binding);
      expect(await codeOf(() => UnsealedPayload.open(source, key))).toMatch(/^envelope\.wrong-(chunk|size)$/);
    }
  });

  test('a longer payload', async () => {
    const payload = Buffer.concat([file.payload, Buffer.alloc(40)]);
    expect(await codeOf(() => opened({ ...file, payload }))).toMatch(/^envelope\.wrong/);
  });

  test("another dump's payload or header, and another project's", async () => {
    const other = sealed(randomBytes(file.payload.length), 50_001, { ...binding, dump: 'another' });
    expect(await codeOf(() => opened({ ...file, payload: other.payload }))).toBe('envelope.wrong-chunk');
    expect(await codeOf(() => openHeader(other.headers.vault, vault, binding))).toBe('envelope.wrong-binding');
    expect(await codeOf(() => openHeader(file.headers.vault, vault, { ...binding, project: 'p2' }))).toBe(
      'envelope.wrong-binding',
    );
  });

  test('a file that comes from elsewhere and carries a crashkeep stanza', async () => {
    expect(await codeOf(() => openForeignHeader(file.headers.vault, vault))).toBe('envelope.already-bound');
    const encrypter = new Encrypter();
    encrypter.addRecipient(vault.recipient);
    const foreign = await encrypter.encrypt(new Uint8Array(9));
    const header = foreign.subarray(0, headerLength(foreign));
    expect(openForeignHeader(header, vault).length).toBe(16);
    expect(await codeOf(() => openHeader(header, vault, binding))).toBe('envelope.wrong-binding');
  });

  test('another identity', async () => {
    expect(await codeOf(() => openHeader(file.headers.vault, extraction, binding))).toBe('envelope.wrong-identity');
  });

  test('ranges outside the plaintext', async () => {
    const payload = await UnsealedPayload.open(sourceOf(file.payload), openHeader(file.headers.vault, vault, binding));
    for (const [offset, length] of [
      [-1, 1],
      [0, payload.size + 1],
      [payload.size, 1],
      [2 ** 53, 1],
      [0.5, 1],
      [0, NaN],
    ] as const) {
      expect(await codeOf(() => payload.read(offset, length))).toBe('envelope.out-of-range');
    }
  });

  test('anything that is not a header, with a closed code', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        expect(await codeOf(() => parseHeader(bytes))).toBe('envelope.malformed-header');
      }),
    );
  });
});
