import { generateKeyPairSync } from 'node:crypto';
import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  type TreeHead,
  type Witness,
  answerWitness,
  parseVerifierKey,
  verifierKeyText,
  verifierOf,
} from '@crashkeep/ledger';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SequencerBed } from '../sequencer.testbed.js';
import { WitnessClient } from './witness-client.js';

let bed: SequencerBed;
let server: Server | null = null;
beforeEach(async () => {
  bed = await SequencerBed.make();
});
afterEach(async () => {
  server?.close();
  server = null;
  await bed.close();
});

/** A witness of the ledger's first key, over HTTP, with a memory of its own. */
async function witnessOf(logs: readonly string[]) {
  const memory = new Map<string, TreeHead>();
  const signer = { name: 'witness.example', privateKey: generateKeyPairSync('ed25519').privateKey };
  const witness: Witness = {
    signer,
    logs: logs.map(parseVerifierKey),
    seen: (origin) => memory.get(origin) ?? null,
    remember: (origin, head) => void memory.set(origin, head),
  };
  const answered: number[] = [];
  const listening = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      const reply = answerWitness(body, witness, new Date());
      answered.push(reply.status);
      response.writeHead(reply.status, { 'content-type': reply.type }).end(reply.body);
    });
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const key = verifierOf(signer, 'cosignature');
  const url = `http://127.0.0.1:${String((listening.address() as AddressInfo).port)}/`;
  return { client: () => new WitnessClient(`${url} ${verifierKeyText(key)}`), key, memory, answered };
}

const codes = async (witness: { readonly key: ReturnType<typeof verifierOf> }) =>
  (await bed.verify({ witnesses: [witness.key] })).findings.map(({ code }) => code);
const refusals = async () => {
  const { rows } = await bed.superuser.query<{ body: string }>(
    `SELECT body FROM ledger.leaf WHERE process = 'sequencer'`,
  );
  return rows.map(({ body }) => (JSON.parse(body) as { act: string; status?: number }).status).filter(Boolean);
};

test('cosigns what grows, also after a restart of either side', async () => {
  const witness = await witnessOf([await bed.keys.firstKey()]);
  const first = await bed.open({ witnesses: [witness.client()] });
  for (const count of [3, 300, 0, 700]) {
    await bed.append(count);
    await bed.settle(first);
    expect(await codes(witness)).toEqual([]);
  }
  await bed.kill(first);
  await bed.append(20);
  await bed.settle(await bed.open({ witnesses: [witness.client()] }));
  expect(await codes(witness)).toEqual([]);
  expect(witness.memory.get('ledger.example')?.size).toBe(1023);
  expect(witness.answered).toEqual([200, 200, 200, 200, 409, 200]);
  expect(await refusals()).toEqual([]);
});

test('while it is away the ledger goes on without it, and an auditor who asks for it is told', async () => {
  const key = verifierOf({ name: 'w', privateKey: generateKeyPairSync('ed25519').privateKey }, 'cosignature');
  const away = new WitnessClient(`http://127.0.0.1:1/ ${verifierKeyText(key)}`);
  const sequencer = await bed.open({ witnesses: [away] });
  await bed.append(5);
  await bed.settle(sequencer);
  expect((await bed.verify()).findings).toEqual([]);
  expect(await codes({ key })).toEqual(['verify.not-cosigned']);
  expect(await refusals()).toEqual([]);
});

describe('refuses', () => {
  async function witnessed(count: number) {
    const witness = await witnessOf([await bed.keys.firstKey()]);
    await bed.append(count);
    const sequencer = await bed.open({ witnesses: [witness.client()] });
    await bed.settle(sequencer);
    await bed.kill(sequencer);
    return witness;
  }
  /** Everything is set back to where it was before the first leaf, key and store included: nothing here contradicts itself. */
  async function forget(): Promise<void> {
    await bed.forge('UPDATE ledger.leaf SET seq = NULL; UPDATE ledger.sequencer SET size = 0; DELETE FROM ledger.node');
    rmSync(join(bed.keys.path, 'frontier.json'));
    rmSync(join(bed.folder, 'ledger/checkpoint'));
  }

  test('a ledger that was set back and grew again in another way', async () => {
    const witness = await witnessed(400);
    await forget();
    await bed.forge(`UPDATE ledger.leaf SET created_at = created_at - (random() * 100000) * interval '1 second', body = '{"act":"x"}',
      hash = sha256('\\x00'::bytea || salt || '{"act":"x"}'::bytea)`);
    await bed.append(100);
    await bed.settle(await bed.open({ witnesses: [witness.client()] }));
    expect(witness.answered.at(-1)).toBe(422);
    expect((await bed.verify()).findings).toEqual([]);
    expect(await codes(witness)).toEqual(['verify.not-cosigned']);
    expect(await refusals()).toEqual([422]);
  });

  test('another tree of the same size', async () => {
    const witness = await witnessed(400);
    await forget();
    await bed.forge(
      `UPDATE ledger.leaf SET body = '{"act":"x"}', hash = sha256('\\x00'::bytea || salt || '{"act":"x"}'::bytea) WHERE body LIKE '%"leaf7"%'`,
    );
    await bed.settle(await bed.open({ witnesses: [witness.client()] }));
    expect(witness.answered.at(-1)).toBe(409);
    expect(await codes(witness)).toEqual(['verify.not-cosigned']);
    expect(await refusals()).toEqual([409]);
  });

  test('a ledger that was set back, and is smaller than what it saw', async () => {
    const witness = await witnessed(400);
    await forget();
    await bed.forge(`DELETE FROM ledger.leaf WHERE body LIKE '%leaf1%'`);
    await bed.settle(await bed.open({ witnesses: [witness.client()] }));
    expect(await codes(witness)).toEqual(['verify.not-cosigned']);
    expect(await refusals()).toEqual([409]);
  });

  test('a key that it was not told', async () => {
    const witness = await witnessOf([
      verifierKeyText({ ...parseVerifierKey(await bed.keys.firstKey()), publicKey: Buffer.alloc(32, 1) }),
    ]);
    const sequencer = await bed.open({ witnesses: [witness.client()] });
    await bed.append(1);
    await bed.settle(sequencer);
    await bed.settle(sequencer);
    expect(witness.answered).toEqual([403, 403]);
    expect(await refusals()).toEqual([403]);
  });

  test.each(['', 'old 1\n\n', 'old 1\nx\n\nx', 'old -1\n\n', `old 0\n${'A'.repeat(200_000)}`])(
    '%# what is no request',
    async (request) => {
      const key = parseVerifierKey(await bed.keys.firstKey());
      const witness: Witness = {
        signer: { name: 'w', privateKey: generateKeyPairSync('ed25519').privateKey },
        logs: [key],
        seen: () => null,
        remember: () => expect.unreachable(),
      };
      expect(answerWitness(request, witness, new Date()).status).toBe(400);
    },
  );
});

test('follows a new key without being told, for as long as the old one signs beside it', async () => {
  const witness = await witnessOf([await bed.keys.firstKey()]);
  const sequencer = await bed.open({ witnesses: [witness.client()] });
  await bed.append(5);
  await bed.settle(sequencer);
  await bed.keys.rotate();
  await bed.settle(sequencer);
  expect(await codes(witness)).toEqual([]);
  await bed.keys.retire();
  await bed.settle(sequencer);
  expect(await codes(witness)).toEqual(['verify.not-cosigned']);
  expect((await readFile(join(bed.folder, 'ledger/keys'), 'utf8')).startsWith('crashkeep/succession/v1\n')).toBe(true);
});
