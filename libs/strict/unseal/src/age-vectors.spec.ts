import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { EnvelopeError, headerLength } from '@crashkeep/envelope';
import { Decrypter } from 'age-encryption';
import * as vectors from 'cctv-age';
import { describe, expect, test } from 'vitest';
import { type CiphertextSource, Identity, UnsealedPayload, openForeignHeader } from './index.js';

/** One C2SP vector: `key: value` lines, an empty line, then the file (cctv-age's README). */
interface Vector {
  readonly name: string;
  readonly expect: string;
  readonly sha256: string;
  readonly identities: readonly string[];
  readonly armored: boolean;
  readonly file: Buffer;
}

function parseVector(name: string, bytes: Uint8Array): Vector {
  const text = Buffer.from(bytes);
  const end = text.indexOf('\n\n');
  const pairs = text
    .subarray(0, end)
    .toString('utf8')
    .split('\n')
    .map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)] as const);
  const value = (key: string) => pairs.find(([k]) => k === key)?.[1] ?? '';
  const body = text.subarray(end + 2);
  return {
    name,
    expect: value('expect'),
    sha256: value('payload'),
    identities: pairs.filter(([k]) => k === 'identity').map(([, v]) => v),
    armored: value('armored') === 'yes',
    file: value('compressed') === 'zlib' ? inflateSync(body) : body,
  };
}

// The package's own types say `export =`; what runs is an ES module of one named export a vector.
const all = Object.entries(vectors as unknown as Record<string, Uint8Array>).map(([name, bytes]) =>
  parseVector(name, bytes),
);
const isX25519 = ({ identities }: Vector) => identities.some((text) => text.startsWith('AGE-SECRET-KEY-1'));
const ours = all.filter((vector) => isX25519(vector) && !vector.armored);
const foreign = all.filter((vector) => !ours.includes(vector));

const CODES: Record<string, RegExp> = {
  'no match': /^envelope\.wrong-identity$/,
  'HMAC failure': /^envelope\.wrong-mac$/,
  // A payload without its nonce counts as a fault of the header there; to us, a payload of a size that none has.
  'header failure': /^envelope\.(malformed-header|wrong-size)$/,
  'payload failure': /^envelope\.wrong-(chunk|size)$/,
};

async function open({ file, identities }: Vector): Promise<UnsealedPayload> {
  const identity = Identity.parse(identities.find((text) => text.startsWith('AGE-SECRET-KEY-1')) ?? '');
  const end = headerLength(file);
  const payload = file.subarray(end);
  const source: CiphertextSource = {
    size: payload.length,
    read: (offset, length) => Promise.resolve(payload.subarray(offset, offset + length)),
  };
  return UnsealedPayload.open(source, openForeignHeader(file.subarray(0, end), identity));
}

type Reader = (payload: UnsealedPayload, release: (bytes: Buffer) => void) => Promise<void>;

const readers: Record<string, Reader> = {
  whole: async (payload, release) => {
    release(await payload.read(0, payload.size));
  },
  streamed: async (payload, release) => {
    for await (const piece of payload.pieces()) release(piece);
  },
  // A prime, so that ranges begin and end at every kind of place within a chunk.
  'by ranges': async (payload, release) => {
    for (let at = 0; at < payload.size; at += 100_003) {
      release(await payload.read(at, Math.min(100_003, payload.size - at)));
    }
  },
};

async function outcome(vector: Vector, reader: Reader): Promise<{ code: string; bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  let code = 'success';
  try {
    await reader(await open(vector), (piece) => {
      hash.update(piece);
      bytes += piece.length;
    });
  } catch (error) {
    code = error instanceof EnvelopeError ? error.code : `foreign: ${String(error)}`;
  }
  return { code, bytes, sha256: hash.digest('hex') };
}

async function streamedByAgeEncryption({ file, identities }: Vector): Promise<string> {
  const decrypter = new Decrypter();
  identities.forEach((identity) => {
    decrypter.addIdentity(identity);
  });
  const hash = createHash('sha256');
  try {
    const stream = await decrypter.decrypt(new Blob([new Uint8Array(file)]).stream());
    for await (const piece of stream) hash.update(piece);
  } catch {
    // The vector is one that fails: what came before is what we are after.
  }
  return hash.digest('hex');
}

describe.each(Object.keys(readers))("C2SP's age vectors, %s", (how) => {
  const reader = readers[how] ?? (() => Promise.reject(new Error(how)));
  test.each(ours)('$name: $expect', async (vector) => {
    const { code, bytes, sha256 } = await outcome(vector, reader);
    if (vector.expect === 'success') {
      expect({ code, sha256 }).toEqual({ code, sha256: vector.sha256 });
      expect(code).toBe('success');
    } else {
      expect(code).toMatch(CODES[vector.expect] ?? /never/);
      // A streaming reader may give out the chunks before a bad one. We read the last one first, so most often we
      // give out none; where some, those that age-encryption gives.
      if (bytes > 0) expect([vector.sha256, await streamedByAgeEncryption(vector)]).toContain(sha256);
    }
  });
});

describe("C2SP's age vectors of forms that no stored dump has (armour, passphrase, hybrid)", () => {
  test.each(foreign)('$name is refused with a code of ours', async (vector) => {
    expect((await outcome(vector, readers['whole'] ?? (() => Promise.resolve()))).code).toMatch(/^envelope\./);
  });

  test('are the only ones left out', () => {
    expect(all.length).toBe(ours.length + foreign.length);
    expect(ours.length).toBeGreaterThan(60);
  });
});
