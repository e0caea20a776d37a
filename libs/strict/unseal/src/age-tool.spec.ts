import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHUNK_BYTES, Sealing, headerLength, makeHeader } from '@crashkeep/envelope';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Identity, UnsealedPayload, openForeignHeader, openHeader } from './index.js';

const absent = spawnSync('age', ['--version']).status !== 0;
const title = absent ? 'the age tool (NOT RUN: no `age` on this machine)' : 'the age tool';

const EDGES = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 3 * CHUNK_BYTES + 17];
const binding = { dump: 'b0a9c1de-7a10-4c5f-9d1e-111111111111', project: 'default' };

describe.skipIf(absent)(title, () => {
  const vault = Identity.generate();
  const extraction = Identity.generate();
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'crashkeep-age-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function ageOpens(identity: Identity, header: Buffer, payload: Buffer): Buffer {
    const [key, file] = [join(folder, 'key'), join(folder, 'file')];
    writeFileSync(key, `${identity.exportSecret()}\n`, { mode: 0o600 });
    writeFileSync(file, Buffer.concat([header, payload]));
    return execFileSync('age', ['-d', '-i', key, file], { maxBuffer: 64 << 20, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  function seal(plaintext: Buffer) {
    const sealing = new Sealing(binding, { vault: vault.recipient, extraction: extraction.recipient });
    const payload = Buffer.concat([sealing.update(plaintext), sealing.final()]);
    return { headers: sealing.headers, payload };
  }

  test.each(EDGES)('opens header and payload put together, %i bytes, by either header', (length) => {
    const plaintext = randomBytes(length);
    const { headers, payload } = seal(plaintext);
    expect(ageOpens(vault, headers.vault, payload).equals(plaintext)).toBe(true);
    expect(ageOpens(extraction, headers.extraction, payload).equals(plaintext)).toBe(true);
  });

  test('opens a dump by a header that was made later from its file key, as does unseal', () => {
    const plaintext = randomBytes(CHUNK_BYTES + 5);
    const { headers, payload } = seal(plaintext);
    const another = Identity.generate();
    const header = makeHeader(openHeader(headers.vault, vault, binding), binding, another.recipient);
    expect(ageOpens(another, header, payload).equals(plaintext)).toBe(true);
    expect(openHeader(header, another, binding).equals(openHeader(headers.vault, vault, binding))).toBe(true);
  });

  test('refuses what unseal refuses: a flipped bit, a cut, a swap of chunks', () => {
    const { headers, payload } = seal(randomBytes(2 * CHUNK_BYTES + 5));
    const flipped = Buffer.from(payload);
    flipped.writeUInt8(flipped.readUInt8(40) ^ 1, 40);
    const sealedChunk = CHUNK_BYTES + 16;
    const swapped = Buffer.from(payload);
    payload.copy(swapped, 16, 16 + sealedChunk, 16 + 2 * sealedChunk);
    payload.copy(swapped, 16 + sealedChunk, 16, 16 + sealedChunk);
    for (const bad of [flipped, swapped, payload.subarray(0, 16 + 2 * sealedChunk)]) {
      expect(() => ageOpens(vault, headers.vault, bad)).toThrow();
    }
  });

  test('seals at the origin what unseal opens', async () => {
    const plaintext = randomBytes(2 * CHUNK_BYTES + 9);
    const file = execFileSync('age', ['-r', vault.recipient], { input: plaintext, maxBuffer: 64 << 20 });
    const end = headerLength(file);
    const source = {
      size: file.length - end,
      read: (offset: number, length: number) => Promise.resolve(file.subarray(end + offset, end + offset + length)),
    };
    const payload = await UnsealedPayload.open(source, openForeignHeader(file.subarray(0, end), vault));
    expect((await payload.read(0, payload.size)).equals(plaintext)).toBe(true);
  });
});
