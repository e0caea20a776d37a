import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  EMPTY_ROOT,
  type TileSource,
  type TreeHash,
  TreeFrontier,
  TreeReader,
  decodeBundle,
  entryHash,
  grow,
  isConsistent,
  nodeHash,
  rootOfInclusion,
  tilePath,
  widthAt,
} from '../index.js';

/** The inputs and roots of Certificate Transparency's own tests (transparency-dev/merkle, testonly/constants.go). */
const INPUTS = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const vectors = INPUTS.map((hex) => Buffer.from(hex, 'hex'));

const entriesOf = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, n) => Buffer.from(`entry ${String(n)}`));

/** RFC 6962 section 2.1, as it is written there: the slow definition that the tiles must agree with. */
function slowRoot(leaves: readonly TreeHash[]): TreeHash {
  const [only] = leaves;
  if (only === undefined) return EMPTY_ROOT;
  if (leaves.length === 1) return only;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(slowRoot(leaves.slice(0, split)), slowRoot(leaves.slice(split)));
}

/** A ledger's objects, grown in steps. */
function grown(entries: readonly Buffer[], steps: readonly number[]) {
  const objects = new Map<string, Buffer>();
  let state = grow({ size: 0, edge: [] }, [], []);
  let at = 0;
  for (const step of [...steps, entries.length]) {
    state = grow(state.frontier, state.tail, entries.slice(at, at + step));
    at += step;
    for (const { path, bytes } of state.objects) objects.set(path, bytes);
  }
  /** Of a smaller tree, too: a wider tile begins with it. */
  const source: TileSource = {
    tile: ({ level, index }) => {
      const width = widthAt(entries.length, level, index);
      return Promise.resolve(objects.get(tilePath({ level, index, width })) ?? Buffer.alloc(0));
    },
  };
  return { objects, state, source };
}

describe('RFC 6962', () => {
  test.each(ROOTS.map((root, size) => [size, root] as const))('root of the first %i inputs', (size, root) => {
    const tree = new TreeFrontier();
    for (const input of vectors.slice(0, size)) tree.append(entryHash(input));
    expect(tree.root().toString('hex')).toBe(root);
  });

  // transparency-dev/merkle: proof of leaf 6 in a tree of 8, and of a tree of 6 in one of 8
  test('the known proofs', async () => {
    const { source } = grown(vectors, []);
    const reader = new TreeReader(source, 8);
    expect((await reader.inclusionProof(5)).map((hash) => hash.toString('hex'))).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect((await reader.consistencyProof(6)).map((hash) => hash.toString('hex'))).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });
});

describe('tiles', () => {
  test.each([1, 2, 255, 256, 257, 511, 512, 1000, 65_535, 65_536, 65_537, 66_000])(
    'a tree of %i leaves has the root of the definition, from its frontier and from its tiles',
    async (count) => {
      const entries = entriesOf(count);
      const { state, source } = grown(entries, []);
      const root = slowRoot(entries.map(entryHash));
      expect(state.head.root.equals(root)).toBe(true);
      expect((await new TreeReader(source, count).root()).equals(root)).toBe(true);
    },
  );

  test('however it grew, the same objects are there in the end', () => {
    const entries = entriesOf(700);
    const whole = grown(entries, []);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 12 }), (steps) => {
        const { objects, state } = grown(entries, steps);
        expect(state.head).toEqual(whole.state.head);
        for (const [path, bytes] of whole.objects) expect(objects.get(path)?.equals(bytes), path).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test('bundles hold the entries, in order', () => {
    const { objects } = grown(entriesOf(300), [100, 100]);
    const read = ['tile/entries/000', 'tile/entries/001.p/44'].flatMap((path) =>
      decodeBundle(objects.get(path) ?? Buffer.alloc(0)),
    );
    expect(read.map(String)).toEqual(entriesOf(300).map(String));
  });

  test.each([
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 0, index: 1_234_067, width: 256 }, 'tile/0/x001/x234/067'],
    [{ level: 3, index: 1000, width: 7 }, 'tile/3/x001/000.p/7'],
  ])('%j lies at %s', (name, path) => {
    expect(tilePath(name)).toBe(path);
  });
});

describe('proofs', () => {
  const entries = entriesOf(1500);
  const hashes = entries.map(entryHash);
  const { source } = grown(entries, [256, 1, 300]);
  const size = fc.integer({ min: 1, max: 1500 });
  const rootAt = (count: number): TreeHash => slowRoot(hashes.slice(0, count));

  test('every leaf of every size is proven, and by no other leaf, place, size or proof', async () => {
    await fc.assert(
      fc.asyncProperty(size, fc.nat(), async (count, seed) => {
        const index = seed % count;
        const proof = await new TreeReader(source, count).inclusionProof(index);
        const leaf = hashes[index] ?? EMPTY_ROOT;
        const root = rootAt(count);
        expect(rootOfInclusion(leaf, index, count, proof).equals(root)).toBe(true);
        expect(rootOfInclusion(EMPTY_ROOT, index, count, proof).equals(root)).toBe(false);
        proof.forEach((_, at) => {
          const changed = proof.map((hash, other) => (other === at ? EMPTY_ROOT : hash));
          expect(rootOfInclusion(leaf, index, count, changed).equals(root)).toBe(false);
        });
        expect(() => rootOfInclusion(leaf, index, count, [...proof, leaf])).toThrow('ledger.malformed-proof');
        expect(() => rootOfInclusion(leaf, count, count, proof)).toThrow('ledger.malformed-proof');
      }),
      { numRuns: 60 },
    );
  });

  test('a tree begins with each smaller one, and with no other', async () => {
    await fc.assert(
      fc.asyncProperty(size, fc.nat(), async (count, seed) => {
        const older = seed % (count + 1);
        const proof = await new TreeReader(source, count).consistencyProof(older);
        const [before, after] = [
          { size: older, root: rootAt(older) },
          { size: count, root: rootAt(count) },
        ];
        expect(isConsistent(before, after, proof)).toBe(true);
        expect(isConsistent(before, { ...after, root: EMPTY_ROOT }, proof)).toBe(older === 0);
        if (older === 0) return;
        expect(isConsistent({ ...before, root: EMPTY_ROOT }, after, proof)).toBe(false);
        expect(isConsistent(before, after, [...proof, EMPTY_ROOT])).toBe(false);
        expect(isConsistent(after, before, proof)).toBe(older === count);
      }),
      { numRuns: 60 },
    );
  });
});
