import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { recipientPeriod } from '@crashkeep/envelope';
import { type DumpId, newDumpId } from '@crashkeep/ids';
import { KeeperClient, LeaseClient } from '@crashkeep/keeper-wire';
import { Identity, openHeader } from '@crashkeep/unseal';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { KeeperTestbed, PROJECT } from '../keeper.testbed.js';

let bed: KeeperTestbed;
let client: LeaseClient;
beforeAll(async () => {
  bed = await KeeperTestbed.open();
  client = new LeaseClient(socket());
});
beforeEach(async () => {
  await bed.sql.query('DELETE FROM strict.extraction_lease; DELETE FROM strict.second_walk');
  await want();
});
afterAll(() => bed.close());

const socket = (): string => bed.rooms.leases?.socket ?? '';
const SYMBOLS = randomUUID();

async function want(dump: DumpId = bed.dump): Promise<void> {
  await bed.sql.query('INSERT INTO strict.second_walk (dump_id, project, symbols) VALUES ($1, $2, $3)', [
    ...[dump, PROJECT, SYMBOLS],
  ]);
}

const lease = (dump: DumpId = bed.dump) => client.lease({ dump, purpose: 'second-walk' });

interface LeaseRow {
  readonly id: string;
  readonly extraction_header: Buffer | null;
  readonly extraction_recipient: string;
  readonly closed_at: Date | null;
}
async function leases(): Promise<LeaseRow[]> {
  return (await bed.sql.query<LeaseRow>('SELECT * FROM strict.extraction_lease ORDER BY granted_at')).rows;
}

test('a header for the recipient of today, bound to dump and project, with a leaf, and the dump is as it was', async () => {
  const before = await bed.sql.query('SELECT * FROM strict.dump WHERE id = $1', [bed.dump]);
  const answer = await lease();
  expect(answer).toEqual({ lease: expect.stringMatching(/^[0-9a-f-]{36}$/) as string });
  const [row] = await leases();
  expect(row).toMatchObject({ id: 'lease' in answer ? answer.lease : '', closed_at: null });
  const { rows: recipients } = await bed.sql.query('SELECT kind, period FROM strict.recipient WHERE id = $1', [
    row?.extraction_recipient,
  ]);
  expect(recipients).toEqual([{ kind: 'extraction', period: recipientPeriod('extraction', new Date()) }]);
  expect((await bed.sql.query('SELECT * FROM strict.dump WHERE id = $1', [bed.dump])).rows).toEqual(before.rows);
  const { rows: leaves } = await bed.sql.query<{ process: string; body: string }>(
    `SELECT process, body FROM ledger.leaf WHERE body LIKE '%dump.extraction-opened%' ORDER BY created_at DESC LIMIT 1`,
  );
  expect(leaves[0]?.process).toBe('keeper');
  expect(JSON.parse(leaves[0]?.body ?? '')).toEqual({
    ...{ act: 'dump.extraction-opened', dump: bed.dump, project: PROJECT, lease: row?.id, purpose: 'second-walk' },
    ...{ symbols: SYMBOLS, used: 1, allowed: 2 },
  });
});

test('the header opens with that identity and no other, and for no other dump', async () => {
  const identity = Identity.generate();
  const day = recipientPeriod('extraction', new Date());
  const { rows: kept } = await bed.sql.query<{ recipient: string; signature: string }>(
    `SELECT recipient, signature FROM strict.recipient WHERE kind = 'extraction'`,
  );
  // Signed by the keeper itself, as if a worker had made this identity.
  const signature = bed.rooms.keys.sign(
    Buffer.from(JSON.stringify({ kind: 'extraction', period: day, project: '', recipient: identity.recipient })),
  );
  await bed.forge(
    `UPDATE strict.recipient SET recipient = $1, signature = $2 WHERE kind = 'extraction'`,
    ...[identity.recipient, signature],
  );
  await lease();
  const header = (await leases())[0]?.extraction_header ?? Buffer.alloc(0);
  expect(openHeader(header, identity, { dump: bed.dump, project: PROJECT })).toHaveLength(16);
  expect(() => openHeader(header, Identity.generate(), { dump: bed.dump, project: PROJECT })).toThrow();
  expect(() => openHeader(header, identity, { dump: newDumpId(), project: PROJECT })).toThrow('envelope.wrong-binding');
  await bed.forge(
    `UPDATE strict.recipient SET recipient = $1, signature = $2 WHERE kind = 'extraction'`,
    ...[kept[0]?.recipient, kept[0]?.signature],
  );
});

describe('refused', () => {
  test('past the allowance of the hour, until its oldest lease is an hour old', async () => {
    expect(await lease()).toHaveProperty('lease');
    expect(await lease()).toHaveProperty('lease');
    const answer = await lease();
    expect(answer).toMatchObject({ refused: 'lease.allowance-spent' });
    const wait = Date.parse('again' in answer ? (answer.again ?? '') : '') - Date.now();
    expect(wait).toBeGreaterThan(3_500_000);
    expect(wait).toBeLessThanOrEqual(3_600_000);
    // A worker cannot give it back: it may close leases, and they still count.
    expect(await leases()).toHaveLength(2);
    await bed.sql.query(`UPDATE strict.extraction_lease SET granted_at = now() - interval '61 minutes'`);
    expect(await lease()).toHaveProperty('lease');
  });

  test('of many that ask at once, all but the allowance', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => lease()));
    expect(answers.filter((answer) => 'lease' in answer)).toHaveLength(2);
    expect((await leases()).filter(({ closed_at: closed }) => closed === null)).toHaveLength(1);
  });

  test('for a dump that nobody wants walked again, and for one that is not there', async () => {
    await bed.sql.query('DELETE FROM strict.second_walk');
    expect(await lease()).toMatchObject({ refused: 'lease.not-wanted' });
    expect(await lease(newDumpId())).toMatchObject({ refused: 'lease.dump-gone' });
    expect(await leases()).toEqual([]);
  });

  test('to a recipient that the keeper did not sign', async () => {
    const mine = Identity.generate();
    const { rows } = await bed.sql.query<{ recipient: string }>(
      `SELECT recipient FROM strict.recipient WHERE kind = 'extraction'`,
    );
    await bed.forge(`UPDATE strict.recipient SET recipient = $1 WHERE kind = 'extraction'`, mine.recipient);
    expect(await lease()).toMatchObject({ refused: 'lease.no-recipient' });
    await bed.forge(`UPDATE strict.recipient SET recipient = $1 WHERE kind = 'extraction'`, rows[0]?.recipient);
    expect(await leases()).toEqual([]);
  });

  test('of a header that was carried over from another dump', async () => {
    const { rows } = await bed.sql.query<{ id: string }>(
      `INSERT INTO strict.dump SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(),
         'object_key', gen_random_uuid()::text))).* FROM strict.dump d WHERE id = $1 RETURNING id`,
      [bed.dump],
    );
    const other = rows[0]?.id as DumpId;
    await want(other);
    expect(await lease(other)).toMatchObject({ refused: 'lease.dump-gone' });
    expect(await leases()).toEqual([]);
  });
});

test('the socket is the owner’s alone, and has no word for anything but a lease', async () => {
  expect(statSync(socket()).mode & 0o777).toBe(0o600);
  const reader = new KeeperClient(socket());
  await expect(reader.ping()).rejects.toThrow('keeper.away');
  await expect(
    reader.read({
      ...{ grant: await bed.request(), person: bed.people.engineer.id, via: 'GET', proof: null, located: null },
      asked: [{ offset: 0, length: 1 }],
    }),
  ).rejects.toThrow('keeper.away');
  reader.close();
});

test('shredding takes the header and the wish, and the keeper makes no other', async () => {
  await lease();
  await bed.rooms.store.rows.dump.updateMany({
    where: { id: bed.dump },
    data: { vault_header: null, extraction_header: null, shredded_at: new Date() },
  });
  expect(await leases()).toMatchObject([{ extraction_header: null, closed_at: expect.any(Date) as Date }]);
  expect((await bed.sql.query('SELECT FROM strict.second_walk')).rows).toEqual([]);
  expect(await lease()).toMatchObject({ refused: 'lease.dump-gone' });
  const key = await readFile(join(bed.rooms.extractionFolder, 'keys/statement.key'), 'utf8');
  expect(bed.logged.join('\n')).not.toContain(key.split('\n')[1]);
});
