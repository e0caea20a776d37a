import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { checkInclusion } from './check-inclusion.js';

// Written anew, after RFC 6962 as it stands there: the page's own code is not its own judge.
const sha = (...parts: Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
const SALT = Buffer.alloc(16, 7);
const leafOf = (text: string): Buffer => sha(Buffer.of(0), SALT, Buffer.from(text));
const split = (count: number): number => 2 ** Math.floor(Math.log2(count - 1));
function rootOf(leaves: readonly Buffer[]): Buffer {
  const [only = Buffer.alloc(0)] = leaves;
  if (leaves.length === 1) return only;
  const k = split(leaves.length);
  return sha(Buffer.of(1), rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)));
}
function pathOf(index: number, leaves: readonly Buffer[]): Buffer[] {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return index < k
    ? [...pathOf(index, leaves.slice(0, k)), rootOf(leaves.slice(k))]
    : [...pathOf(index - k, leaves.slice(k)), rootOf(leaves.slice(0, k))];
}

function claimOf(index: number, size: number) {
  const texts = Array.from({ length: size }, (_, n) => `{"n":${String(n)},"ä":"é"}`);
  const leaves = texts.map(leafOf);
  const root = rootOf(leaves);
  return {
    ...{ index, size, salt: SALT.toString('hex'), entry: texts[index] ?? '' },
    proof: pathOf(index, leaves).map((hash) => hash.toString('base64')),
    checkpoint: `ledger.example\n${String(size)}\n${root.toString('base64')}\n\n`,
    root: root.toString('hex'),
  };
}

test.each([1, 2, 3, 7, 8, 100])('every leaf of a ledger of %i leads to its root', async (size) => {
  for (let index = 0; index < size; index += 1) {
    const { root, ...claim } = claimOf(index, size);
    const checked = await checkInclusion(claim);
    expect(checked).toMatchObject({ root, isSigned: true });
    expect(checked.steps).toHaveLength(claim.proof.length);
  }
});

test('nothing else does', async () => {
  const { root: _root, ...claim } = claimOf(5, 20);
  const others = [
    { entry: `${claim.entry} ` },
    { salt: '00'.repeat(16) },
    { index: 4 },
    { proof: [...claim.proof].reverse() },
    { checkpoint: claim.checkpoint.replace('\n20\n', '\n21\n') },
    { checkpoint: 'ledger.example\n20\nAAAA\n\n' },
  ];
  for (const other of others) expect((await checkInclusion({ ...claim, ...other })).isSigned).toBe(false);
  await expect(checkInclusion({ ...claim, proof: claim.proof.slice(1) })).rejects.toThrow(RangeError);
  await expect(checkInclusion({ ...claim, index: 20 })).rejects.toThrow(RangeError);
});
