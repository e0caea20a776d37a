import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Testbed, openTestbed } from './ingest.testbed.js';
import { fieldPart, filePart, multipart } from './multipart.testkit.js';

let bed: Testbed;
beforeAll(async () => {
  bed = await openTestbed({ limits: { annotationBytes: 4000 } });
});
afterAll(async () => {
  await bed.close();
});

/** 24 random bytes, in every spelling in which they could leak, cut into windows of 6 bytes. */
class Canary {
  readonly bytes = randomBytes(24);
  readonly text = this.bytes.toString('base64url');

  windows(): Buffer[] {
    const spellings = [this.bytes, Buffer.from(this.text), Buffer.from(this.bytes.toString('hex'))];
    return spellings.flatMap((spelling) => {
      const starts = Array.from({ length: spelling.length - 11 }, (_, at) => at);
      return starts.map((at) => spelling.subarray(at, at + 12));
    });
  }
}

async function everythingWritten(): Promise<Buffer> {
  const files = await Promise.all((await bed.files()).map((file) => readFile(file)));
  const names = Buffer.from((await bed.files()).join('\n'));
  const tables = ['strict.dump', 'strict.dump_part', 'strict.symbol_file', 'ledger.leaf', 'lenient.dump_state'];
  const rows = await Promise.all(tables.map((table) => bed.sql(`select row_to_json(t)::text as row from ${table} t`)));
  return Buffer.concat([...files, names, Buffer.from(JSON.stringify(rows)), Buffer.from(bed.logged.join('\n'))]);
}

test('nothing of a dump, an annotation, an attachment or a name is written in the clear, taken or refused', async () => {
  const planted = Array.from({ length: 8 }, () => new Canary());
  const [inDump, inValue, inName, inFile, inFileName, inQuery, inRefused, inJson] = planted as [Canary, ...Canary[]];
  const token = await bed.token('ingest');
  const secret = (canary: Canary | undefined): string => canary?.text ?? '';
  const dump = Buffer.concat([Buffer.from('MDMP'), randomBytes(70_000), inDump.bytes, Buffer.from(inDump.text)]);
  const parts = [
    [fieldPart('prod'), 'App'],
    [fieldPart('token'), secret(inValue)],
    [fieldPart(`n_${secret(inName)}`), 'x'],
    [filePart(`f_${secret(inFileName)}`), Buffer.from(secret(inFile))],
    [filePart('upload_file_minidump'), dump],
  ] as const;
  const url = `${bed.url}/submit?token=${token}&email=${secret(inQuery)}`;
  const type = { 'content-type': 'multipart/form-data; boundary=b' };
  const send = async (body: Buffer, headers: Record<string, string>): Promise<string> => {
    const init = { method: 'POST', body: new Uint8Array(body), headers };
    const answer = await fetch(url, init);
    return `${String(answer.status)} ${JSON.stringify([...answer.headers])} ${await answer.text()}`;
  };
  const refused = [
    await send(multipart('b', [[filePart('upload_file_minidump'), `no dump ${secret(inRefused)}`]]), type),
    await send(multipart('b', [[fieldPart('extra', 'application/json'), `{"a": ${secret(inJson)}`]]), type),
    await send(multipart('b', [[fieldPart('x'), secret(inRefused).repeat(400)]]), type),
    await send(Buffer.from(secret(inRefused)), { 'content-type': `text/${secret(inRefused)}` }),
    await send(Buffer.from(`\x1f\x8b${secret(inRefused)}`), { 'content-type': 'application/x-dmp' }),
    await send(multipart('b', parts).subarray(0, -9), type),
  ];
  const taken = await send(multipart('b', parts), type);
  const zipped = await send(gzipSync(multipart('b', parts)), { ...type, 'content-encoding': 'gzip' });
  expect(refused.map((answer) => answer.slice(0, 3))).toEqual(['400', '400', '413', '400', '400', '400']);
  expect([taken, zipped].map((answer) => answer.slice(0, 3))).toEqual(['200', '200']);

  const written = Buffer.concat([await everythingWritten(), Buffer.from([...refused, taken, zipped].join('\n'))]);
  expect(written.length).toBeGreaterThan(140_000);
  const found = planted.filter((canary) => canary.windows().some((window) => written.includes(window)));
  expect(found).toEqual([]);
  expect(written.includes(token)).toBe(false);
});
