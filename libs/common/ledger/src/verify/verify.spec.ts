import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  type Checkpoint,
  type LedgerObjects,
  type NoteSigner,
  type Trust,
  TreeReader,
  checkpointText,
  cosignNote,
  decodeBundle,
  encodeBundle,
  entryHash,
  entryOf,
  grow,
  noteText,
  parseHash,
  proofText,
  signNote,
  verifierOf,
  verifyExport,
  verifyReceipt,
  verifyTiles,
} from '../index.js';

const signer = (name: string): NoteSigner => ({ name, privateKey: generateKeyPairSync('ed25519').privateKey });
const log = signer('ledger.example');
const trust: Trust = { keys: [verifierOf(log, 'note')], witnesses: [], remembered: null };

function entries(count: number, label = 'x'): Buffer[] {
  return Array.from({ length: count }, (_, n) =>
    entryOf({
      id: `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`,
      process: 'keeper',
      body: `{"act":"test","label":"${label}","n":${String(n)}}`,
      salt: Buffer.alloc(16, n),
      at: new Date(1_700_000_000_000 + n),
    }),
  );
}

type Ledger = Map<string, Buffer>;

function checkpointOf(grown: ReturnType<typeof grow>): Checkpoint {
  return { origin: log.name, ...grown.head };
}

function signed(checkpoint: Checkpoint, by: NoteSigner = log): string {
  const text = checkpointText(checkpoint);
  return noteText({ text, signatures: [signNote(by, text), cosignNote(by, text, new Date(1_700_000_100_000))] });
}

function ledgerOf(all: readonly Buffer[]): { objects: Ledger; checkpoint: Checkpoint } {
  const grown = grow({ size: 0, edge: [] }, [], all);
  const objects = new Map(grown.objects.map(({ path, bytes }) => [path, bytes]));
  const checkpoint = checkpointOf(grown);
  objects.set('checkpoint', Buffer.from(signed(checkpoint)));
  return { objects, checkpoint };
}

const source = (objects: Ledger): LedgerObjects => ({
  read: (path) => Promise.resolve(objects.get(path) ?? null),
  widthsOf: (path) =>
    Promise.resolve(
      [...objects.keys()].flatMap((key) => (key.startsWith(`${path}.p/`) ? [Number(key.slice(path.length + 3))] : [])),
    ),
});

const COUNT = 1000;
const whole = ledgerOf(entries(COUNT));
async function judged(change: (objects: Ledger) => void, more: Partial<Trust> = {}) {
  const objects = new Map([...whole.objects].map(([path, bytes]) => [path, Buffer.from(bytes)]));
  change(objects);
  const { findings } = await verifyTiles(source(objects), { ...trust, ...more });
  return findings.map(({ code, where }) => `${code} ${where}`);
}
const flip = (objects: Ledger, path: string, at: number): void => {
  const bytes = objects.get(path);
  if (!bytes) throw new Error(path);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
};
const rewrite = (objects: Ledger, path: string, change: (entries: Buffer[]) => Buffer[]): void => {
  objects.set(path, encodeBundle(change(decodeBundle(objects.get(path) ?? Buffer.alloc(0)))));
};
/** What a thief of the store can do at best: every tile over the new entries, without the key. */
const rebuilt = (objects: Ledger, all: readonly Buffer[]): void => {
  const checkpoint = objects.get('checkpoint');
  objects.clear();
  for (const [path, bytes] of ledgerOf(all).objects) objects.set(path, bytes);
  if (checkpoint) objects.set('checkpoint', checkpoint);
};
const swapped = (all: readonly Buffer[], one: number, other: number): Buffer[] =>
  all
    .map((entry, at) => (at === one ? all[other] : at === other ? all[one] : entry))
    .filter((entry) => entry !== undefined);

describe('a folder of tiles', () => {
  test.each([0, 1, 255, 256, 257, 1000, 66_000])('of %i leaves is sound', async (count) => {
    const { objects } = ledgerOf(entries(count));
    const verdict = await verifyTiles(source(objects), trust);
    expect(verdict.findings).toEqual([]);
    expect(verdict).toMatchObject({
      leaves: count,
      checkpoint: { size: count, signedAt: new Date(1_700_000_100_000) },
    });
  });

  test('is sound with wider tiles than its checkpoint needs', async () => {
    const small = ledgerOf(entries(700)).checkpoint;
    expect(await judged((objects) => objects.set('checkpoint', Buffer.from(signed(small))))).toEqual([]);
  });

  test('one bit of an entry', async () => {
    expect(
      await judged((objects) => {
        flip(objects, 'tile/entries/001', 30);
      }),
    ).toEqual(['verify.leaf-changed leaf 256']);
    expect(
      await judged((objects) => {
        flip(objects, 'tile/entries/003.p/232', 5);
      }),
    ).toEqual(['verify.leaf-changed leaf 768']);
  });

  test('one bit of any tile', async () => {
    for (const path of ['tile/0/000', 'tile/0/002', 'tile/1/000.p/3']) {
      const found = await judged((objects) => {
        flip(objects, path, 40);
      });
      expect(found).toEqual([`verify.tile-changed ${path}`]);
    }
  });

  test('one bit of the last tile: entries and tile differ, and the entries make the root', async () => {
    expect(
      await judged((objects) => {
        flip(objects, 'tile/0/003.p/232', 0);
      }),
    ).toEqual(['verify.tile-changed tile/0/003.p/232']);
  });

  test('one row taken out, put in, or written anew', async () => {
    const path = 'tile/entries/002';
    expect(
      await judged((objects) => {
        rewrite(objects, path, (all) => all.slice(1));
      }),
    ).toEqual([`verify.bundle-changed ${path}`]);
    const replaced = await judged((objects) => {
      rewrite(objects, path, (all) => [...all.slice(0, 7), Buffer.alloc(40), ...all.slice(8)]);
    });
    expect(replaced).toEqual(['verify.leaf-changed leaf 519']);
    const added = await judged((objects) => {
      rewrite(objects, 'tile/entries/003.p/232', (all) => [Buffer.alloc(40), ...all]);
    });
    expect(added).toContain('verify.leaf-changed leaf 768');
  });

  test('one object missing', async () => {
    for (const path of ['tile/0/001', 'tile/1/000.p/3', 'tile/0/003.p/232'])
      expect(await judged((objects) => objects.delete(path))).toEqual([`verify.tile-missing ${path}`]);
    expect(await judged((objects) => objects.delete('tile/entries/001'))).toEqual([
      'verify.bundle-missing tile/entries/001',
    ]);
    expect(await judged((objects) => objects.delete('checkpoint'))).toEqual(['verify.no-checkpoint checkpoint']);
  });

  test('the order of two rows', async () => {
    expect(
      await judged((objects) => {
        rewrite(objects, 'tile/entries/000', (all) => swapped(all, 3, 200));
      }),
    ).toEqual(['verify.order-changed leaves 3, 200']);
    expect(
      await judged((objects) => {
        rebuilt(objects, swapped(entries(COUNT), 3, 900));
      }),
    ).toEqual(['verify.root-differs checkpoint']);
  });

  test('the tail cut off', async () => {
    const found = await judged((objects) => {
      objects.delete('tile/entries/003.p/232');
      objects.delete('tile/0/003.p/232');
    });
    expect(found).toContain('verify.bundle-missing tile/entries/003.p/232');
    expect(found).toContain('verify.root-differs checkpoint');
  });

  test('the tail cut off together with a checkpoint that was signed before: whoever remembers sees it', async () => {
    const before = ledgerOf(entries(800));
    const found = await judged(
      (objects) => {
        rebuilt(objects, entries(800));
        objects.set('checkpoint', Buffer.from(signed(before.checkpoint)));
      },
      { remembered: whole.checkpoint },
    );
    expect(found).toEqual(['verify.rolled-back checkpoint of 800 leaves, 1000 were seen']);
  });

  test('history written anew without the key, and with it', async () => {
    const other = [...entries(10, 'other'), ...entries(COUNT).slice(10)];
    expect(
      await judged((objects) => {
        rebuilt(objects, other);
      }),
    ).toEqual(['verify.root-differs checkpoint']);
    const forked = ledgerOf(other);
    const remembered = ledgerOf(entries(900)).checkpoint;
    const found = await judged(
      (objects) => {
        objects.clear();
        forked.objects.forEach((bytes, path) => objects.set(path, bytes));
      },
      { remembered },
    );
    expect(found).toEqual(['verify.forked the first 900 leaves']);
    const same = await judged(
      (objects) => {
        objects.clear();
        forked.objects.forEach((bytes, path) => objects.set(path, bytes));
      },
      { remembered: whole.checkpoint },
    );
    expect(same).toEqual(['verify.forked checkpoint of 1000 leaves']);
  });

  test('a checkpoint of another root, of another key, of another ledger, not cosigned', async () => {
    const { checkpoint } = whole;
    const put = (note: string) => (objects: Ledger) => objects.set('checkpoint', Buffer.from(note));
    const root = entryHash(Buffer.from('fork'));
    expect(await judged(put(signed({ ...checkpoint, root })))).toEqual(['verify.root-differs checkpoint']);
    expect(await judged(put(signed(checkpoint, signer(log.name))))).toEqual(['verify.not-signed checkpoint']);
    expect(await judged(put(signed({ ...checkpoint, origin: 'other' })))).toEqual(['verify.not-signed checkpoint']);
    expect(await judged(() => undefined, { witnesses: [verifierOf(signer('w'), 'cosignature')] })).toEqual([
      'verify.not-cosigned checkpoint, by w',
    ]);
    expect(await judged(() => undefined, { remembered: { ...checkpoint, origin: 'other' } })).toEqual([
      'verify.other-ledger checkpoint',
    ]);
  });

  test('an act that was written twice', async () => {
    const all = entries(COUNT);
    const twice = all.map((entry, at) => (at === 700 ? all[5] : entry)).filter((entry) => entry !== undefined);
    const { objects } = ledgerOf(twice);
    expect((await verifyTiles(source(objects), trust)).findings).toEqual([
      { code: 'verify.leaf-repeated', where: 'leaf 700' },
    ]);
  });
});

async function exported(indices: readonly number[]): Promise<string[]> {
  const all = entries(COUNT);
  const tiles = { tile: ({ level, index }: { level: number; index: number }) => Promise.resolve(tileAt(level, index)) };
  const reader = new TreeReader(tiles, COUNT);
  const lines = await Promise.all(
    indices.map(async (index) => {
      const entry = all[index] ?? Buffer.alloc(0);
      const proof = (await reader.inclusionProof(index)).map((hash) => hash.toString('base64'));
      return JSON.stringify({
        index,
        salt: entry.subarray(0, 16).toString('hex'),
        entry: entry.subarray(16).toString(),
        proof,
      });
    }),
  );
  const head = { format: 'crashkeep/ledger-export/v1', checkpoint: signed(whole.checkpoint), successions: [] };
  return [JSON.stringify(head), ...lines];
}
const tileAt = (level: number, index: number): Buffer =>
  [...whole.objects].find(([path]) => path.startsWith(`tile/${String(level)}/00${String(index)}`))?.[1] ??
  Buffer.alloc(0);
async function* linesOf(lines: readonly string[]): AsyncGenerator<string> {
  for (const line of lines) yield await Promise.resolve(line);
}
const judgedLines = async (lines: readonly string[]) =>
  (await verifyExport(linesOf(lines), trust)).findings.map(({ code, where }) => `${code} ${where}`);

describe('an export', () => {
  test('is sound, whichever leaves it holds', async () => {
    const verdict = await verifyExport(linesOf(await exported([0, 5, 255, 256, 999])), trust);
    expect(verdict.findings).toEqual([]);
    expect(verdict).toMatchObject({ leaves: 5, from: '2023-11-14T22:13:20.000Z' });
  });

  test('a line that was changed, moved or repeated, and a head that was', async () => {
    const [head = '', one = '', two = ''] = await exported([7, 8]);
    expect(await judgedLines([head, one.replace('\\"n\\":7', '\\"n\\":9'), two])).toEqual([
      'verify.proof-fails line 2',
    ]);
    expect(await judgedLines([head, one.replace('"index":7', '"index":6'), two])).toEqual([
      'verify.proof-fails line 2',
    ]);
    expect(await judgedLines([head, one, one])).toEqual(['verify.leaf-repeated line 3']);
    expect(await judgedLines([head, '{}'])).toEqual(['verify.malformed-line line 2']);
    expect(await judgedLines([one])).toEqual(['verify.no-checkpoint line 1']);
    expect(await judgedLines([])).toEqual(['verify.no-checkpoint line 1']);
    expect(await judgedLines([head.replace(/(?<=ledger.example\\n)1000/, '1001'), one])).toContain(
      'verify.not-signed checkpoint',
    );
  });
});

describe('a receipt', () => {
  test('proves its entry, and nothing where anything was changed', async () => {
    const [head = '', line = ''] = await exported([7]);
    const { salt, entry, proof } = JSON.parse(line) as { salt: string; entry: string; proof: string[] };
    const { checkpoint } = JSON.parse(head) as { checkpoint: string };
    const bytes = Buffer.concat([Buffer.from(salt, 'hex'), Buffer.from(entry)]);
    const receipt = { entry: bytes, index: 7, proof: proof.map(parseHash), checkpoint };
    expect(verifyReceipt(proofText(receipt), [], trust)).toMatchObject({
      findings: [],
      entry: { process: 'keeper', leaf: { n: 7 } },
    });
    for (const wrong of [
      { ...receipt, index: 8 },
      { ...receipt, entry: Buffer.alloc(30) },
      { ...receipt, proof: [] },
    ]) {
      const verdict = verifyReceipt(proofText(wrong), [], trust);
      expect(verdict.entry).toBeNull();
      expect(verdict.findings).toHaveLength(1);
    }
    expect(verifyReceipt('nothing', [], trust)).toMatchObject({
      entry: null,
      findings: [{ code: 'verify.malformed-line' }],
    });
  });
});
