import { rmSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Checkpoint,
  noteText,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  keysAfter,
  splitNotes,
  heldBy,
} from '@crashkeep/ledger';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KeyFolder } from './keys/key-folder.js';
import { SequencerBed, dyingAfter } from './sequencer.testbed.js';
import type { Step } from './sequencer.js';

let bed: SequencerBed;
beforeEach(async () => {
  bed = await SequencerBed.make();
});
afterEach(() => bed.close());

const checkpointPath = () => join(bed.folder, 'ledger/checkpoint');
const published = async (): Promise<Checkpoint> =>
  parseCheckpoint(parseNote(await readFile(checkpointPath(), 'utf8')).text);

test('numbers without gap, signs, and what it publishes verifies', async () => {
  const sequencer = await bed.open();
  await bed.append(600);
  await bed.settle(sequencer);
  await bed.append(37);
  await bed.settle(sequencer);
  expect((await bed.numbered()).map(({ seq }) => seq)).toEqual(Array.from({ length: 637 }, (_, n) => n));
  const verdict = await bed.verify();
  expect(verdict.findings).toEqual([]);
  expect(verdict).toMatchObject({ leaves: 637, checkpoint: { origin: 'ledger.example', size: 637 } });
  expect(verdict.checkpoint?.signedAt).not.toBeNull();
});

test('the first checkpoint is a leaf: which key the ledger began with', async () => {
  const sequencer = await bed.open();
  await sequencer.publish(new Date());
  await bed.settle(sequencer);
  const { rows } = await bed.superuser.query<{ body: string; process: string }>(
    'SELECT body, process FROM ledger.leaf',
  );
  expect(rows).toEqual([
    { process: 'sequencer', body: JSON.stringify({ act: 'ledger.opened', key: await bed.keys.firstKey() }) },
  ]);
});

test('a leaf that commits late is numbered, and none twice', async () => {
  const sequencer = await bed.open();
  const late = new pg.Client({ connectionString: bed.database.urlFor('ck_ingest') });
  await late.connect();
  await late.query('BEGIN');
  await late.query(`SELECT ledger.append_ingest('{"act":"late"}')`);
  await bed.append(300);
  await bed.settle(sequencer);
  await late.query('COMMIT');
  await late.end();
  await bed.settle(sequencer);
  expect(await bed.numbered()).toHaveLength(301);
  expect((await bed.verify()).findings).toEqual([]);
});

test('leaves of the first releases, hashed without time and process, are part of the tree', async () => {
  await bed.forge(`INSERT INTO ledger.leaf (id, process, body, salt, hash)
    SELECT gen_random_uuid(), 'ingest', '{"act":"old"}', '\\x00112233445566778899aabbccddeeff',
      sha256('\\x0000112233445566778899aabbccddeeff'::bytea || '{"act":"old"}'::bytea)`);
  await bed.append(3);
  await bed.settle(await bed.open());
  expect((await bed.verify()).findings).toEqual([]);
  expect((await published()).size).toBe(4);
});

describe('killed', () => {
  const steps: Step[] = ['numbered', 'tiles-written', 'frontier-kept', 'witnessed', 'noted', 'published'];
  test.each(steps.flatMap((step) => [1, 2].map((times) => [step, times] as const)))(
    'after step %s, for the %i. time: the next one ends in the same tree',
    async (step, times) => {
      await bed.append(700);
      const doomed = await bed.open({ batch: 300, ...dyingAfter(step, times) });
      const run = async (): Promise<void> => {
        for (;;) {
          await doomed.number();
          await doomed.publish(new Date());
        }
      };
      await expect(run()).rejects.toThrow(step);
      await bed.kill(doomed);
      const before = await bed.numbered();
      await bed.append(10, 'after');
      await bed.settle(await bed.open());
      const after = await bed.numbered();
      expect(after.slice(0, before.length)).toEqual(before);
      expect(after.length).toBeGreaterThanOrEqual(710);
      const verdict = await bed.verify();
      expect(verdict.findings).toEqual([]);
      expect(verdict.leaves).toBe(after.length);
    },
  );

  test('a checkpoint that was seen before the kill is the beginning of what comes after', async () => {
    await bed.append(500);
    const doomed = await bed.open(dyingAfter('published'));
    await doomed.number();
    await expect(doomed.publish(new Date())).rejects.toThrow('published');
    await bed.kill(doomed);
    const remembered = await published();
    await bed.append(500);
    await bed.settle(await bed.open());
    expect((await bed.verify({ remembered })).findings).toEqual([]);
  });
});

describe('one at a time', () => {
  test('a second one waits while the first lives', async () => {
    const first = await bed.open();
    await expect(bed.open()).rejects.toMatchObject({ code: 'sequencer.not-alone' });
    await bed.kill(first);
    await expect(bed.open()).resolves.toBeDefined();
  });

  test('one that lost its lock without noticing can number no more, and says nothing', async () => {
    const first = await bed.open();
    await bed.append(10);
    // The server forgets the lock, as it does when a network splits; the first still has its connection to say something.
    await bed.superuser.query('UPDATE ledger.sequencer SET epoch = epoch + 1');
    await expect(first.number()).rejects.toMatchObject({ code: 'sequencer.fenced' });
    await expect(first.publish(new Date())).rejects.toMatchObject({ code: 'sequencer.fenced' });
    expect(await bed.numbered()).toEqual([]);
    expect((await bed.verify()).findings).toEqual([{ code: 'verify.no-checkpoint', where: 'checkpoint' }]);
  });
});

describe('what it refuses to go on from', () => {
  beforeEach(async () => {
    await bed.append(400);
    const sequencer = await bed.open();
    await bed.settle(sequencer);
    await bed.kill(sequencer);
  });
  const opening = () => bed.open();

  test('a database that was set back', async () => {
    await bed.forge('UPDATE ledger.leaf SET seq = NULL WHERE seq >= 300; UPDATE ledger.sequencer SET size = 300');
    await expect(opening()).rejects.toMatchObject({ code: 'sequencer.database-behind' });
    rmSync(join(bed.keys.path, 'frontier.json'));
    await expect(opening()).rejects.toMatchObject({ code: 'sequencer.database-behind' });
  });

  test('a row that was changed after it was numbered, where it must read it again', async () => {
    await bed.forge(`UPDATE ledger.leaf SET body = '{"act":"forged"}' WHERE seq = 390`);
    await expect(opening()).rejects.toMatchObject({ code: 'sequencer.leaf-changed' });
  });

  test('a row that was changed with its hash: the tree beside the key is another', async () => {
    await bed.forge(
      `UPDATE ledger.leaf SET body = '{"act":"forged"}', hash = sha256('\\x00'::bytea || salt || '{"act":"forged"}'::bytea) WHERE seq = 390`,
    );
    await expect(opening()).rejects.toMatchObject({ code: 'sequencer.leaf-changed' });
    rmSync(join(bed.keys.path, 'frontier.json'));
    await expect(opening()).rejects.toMatchObject({ code: 'sequencer.forked' });
  });

  test('a row whose time or process was changed before it was numbered', async () => {
    await bed.append(1);
    await bed.forge(`UPDATE ledger.leaf SET process = 'keeper' WHERE seq IS NULL`);
    const sequencer = await opening();
    await expect(sequencer.number()).rejects.toMatchObject({ code: 'sequencer.leaf-changed' });
  });

  test('a checkpoint of another key', async () => {
    const other = await KeyFolder.open(join(bed.folder, 'other'), 'ledger.example');
    await expect(bed.open({ keys: other })).rejects.toMatchObject({ code: 'sequencer.checkpoint-not-ours' });
  });

  test('a state that cannot be read', async () => {
    writeFileSync(join(bed.keys.path, 'frontier.json'), '{"size":');
    await expect(opening()).rejects.toMatchObject({ code: 'sequencer.state-unreadable' });
  });

  test('without its frontier it comes back from the database, if that makes the tree that was published', async () => {
    rmSync(join(bed.keys.path, 'frontier.json'));
    await bed.append(5);
    await bed.settle(await opening());
    expect((await bed.verify()).findings).toEqual([]);
    expect((await published()).size).toBe(405);
  });
});

describe('a new key', () => {
  test('signs from the next checkpoint on, and who knows only the first key follows', async () => {
    const sequencer = await bed.open();
    await bed.append(3);
    await bed.settle(sequencer);
    const { from, to } = await bed.keys.rotate();
    await bed.settle(sequencer);
    await bed.settle(sequencer);
    expect(from).toBe(await bed.keys.firstKey());
    expect((await bed.verify()).findings).toEqual([]);
    const heldNow = async (key: string) =>
      heldBy(parseVerifierKey(key), parseNote(await readFile(checkpointPath(), 'utf8')));
    expect(await heldNow(from)).not.toBeNull();
    expect(await heldNow(to)).not.toBeNull();
    await bed.keys.retire();
    await sequencer.publish(new Date());
    expect(await heldNow(from)).toBeNull();
    expect(await heldNow(to)).not.toBeNull();
    expect((await bed.verify()).findings).toEqual([]);
    const { rows } = await bed.superuser.query<{ body: string }>(
      `SELECT body FROM ledger.leaf WHERE process = 'sequencer'`,
    );
    expect(rows.map(({ body }) => JSON.parse(body) as unknown)).toEqual([{ act: 'ledger.key-changed', from, to }]);
    await bed.kill(sequencer);
    await bed.settle(await bed.open());
    expect((await bed.verify()).findings).toEqual([]);
  });

  test('without the succession nobody follows it', async () => {
    const sequencer = await bed.open();
    await bed.keys.rotate();
    await bed.keys.retire();
    await bed.settle(sequencer);
    rmSync(join(bed.folder, 'ledger/keys'));
    expect((await bed.verify()).findings).toEqual([{ code: 'verify.not-signed', where: 'checkpoint' }]);
  });

  test.each(['before', 'after'])('a rotation cut off %s the old key has spoken is undone or finished', async (when) => {
    const { signer } = await bed.keys.keys();
    const aside = await KeyFolder.open(join(bed.folder, 'aside'), 'ledger.example');
    await writeFile(join(aside.path, 'ledger.key'), await readFile(join(bed.keys.path, 'ledger.key')));
    await aside.rotate();
    await writeFile(join(bed.keys.path, 'next.key'), await readFile(join(aside.path, 'ledger.key')));
    if (when === 'after')
      await writeFile(join(bed.keys.path, 'successions'), await readFile(join(aside.path, 'successions')));
    const reopened = await KeyFolder.open(bed.keys.path, null);
    const { signer: now, successions } = await reopened.keys();
    expect(now.privateKey.equals(signer.privateKey)).toBe(when === 'before');
    expect(keysAfter([parseVerifierKey(await reopened.firstKey())], splitNotes(successions))).toHaveLength(
      when === 'before' ? 1 : 2,
    );
  });
});

test('a tampered checkpoint is found by the next start and by the auditor', async () => {
  const sequencer = await bed.open();
  await bed.append(3);
  await bed.settle(sequencer);
  await bed.kill(sequencer);
  const note = parseNote(await readFile(checkpointPath(), 'utf8'));
  await writeFile(checkpointPath(), noteText({ ...note, text: note.text.replace('\n3\n', '\n2\n') }));
  expect((await bed.verify()).findings.map(({ code }) => code)).toContain('verify.not-signed');
  await expect(bed.open()).rejects.toMatchObject({ code: 'sequencer.checkpoint-not-ours' });
});
