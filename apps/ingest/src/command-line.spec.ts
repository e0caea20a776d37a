import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { elfOf } from './elf.testkit.js';
import { type Testbed, openTestbed } from './ingest.testbed.js';
import { DUMP } from './multipart.testkit.js';
import { SequencerStandIn } from './sequence.testbed.js';
import { zipOf } from './zip.testkit.js';

// What the command line sends, as it is built, to this app: they share nothing but the wire.
const command = resolve(import.meta.dirname, '../../cli/bin/crashkeep.mjs');
const absent = !existsSync(resolve(import.meta.dirname, '../../cli/dist/commands/submit.js'));
const named = (title: string): string => (absent ? `${title} (NOT RUN: apps/cli is not built)` : title);

let bed: Testbed;
let sequencer: SequencerStandIn;
let folder: string;
const tokens = { ingest: '', symbols: '' };
beforeAll(async () => {
  bed = await openTestbed();
  sequencer = new SequencerStandIn(bed.sql);
  sequencer.start();
  folder = await mkdtemp(join(tmpdir(), 'crashkeep-command-'));
  tokens.ingest = await bed.token('ingest');
  tokens.symbols = await bed.token('symbols');
});
afterAll(async () => {
  await sequencer.stop();
  await bed.close();
  await rm(folder, { recursive: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** From the token's file, as on a build machine. */
async function crashkeep(tokenClass: 'ingest' | 'symbols', ...words: string[]): Promise<Ran> {
  const tokenFile = join(folder, `token-${tokenClass}`);
  await writeFile(tokenFile, `${tokens[tokenClass]}\n`);
  const all = [command, ...words, '--url', bed.url, '--token-file', tokenFile];
  return new Promise((done) => {
    const env = { ...process.env, XDG_STATE_HOME: join(folder, 'state') };
    execFile(process.execPath, all, { env }, (error, out, err) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

async function dumps(): Promise<number> {
  return Number((await bed.sql('select count(*) n from strict.dump'))[0]?.['n']);
}

test.skipIf(absent)(
  named('symbols upload: files, folders, gzip and zips; the same again; others'),
  async () => {
    const place = join(folder, 'symbols');
    await mkdir(join(place, 'deep'), { recursive: true });
    const text = (id: string, more = ''): string =>
      `MODULE windows x86_64 ${id.repeat(32)}1 app.pdb\nPUBLIC 10 0 main\n${more}`;
    await writeFile(join(place, 'a.sym'), text('A'));
    await writeFile(join(place, 'deep', 'b.sym.gz'), gzipSync(text('B')));
    await writeFile(
      join(place, 'deep', 'libx.so.debug'),
      elfOf({ buildId: 'c1'.repeat(20), sections: ['.debug_info'] }),
    );
    await writeFile(join(place, 'deep', 'libx.so'), elfOf({ buildId: 'c1'.repeat(20), sections: ['.text'] }));
    await mkdir(join(place, 'deeper'));
    await writeFile(
      join(place, 'deeper', 'libx.so'),
      elfOf({ buildId: 'c1'.repeat(20), sections: ['.text'], size: 9000 }),
    );
    await writeFile(join(place, 'deeper', 'Tool.exe'), peOf(0x5f00abcd, 0x12000));
    for (const other of [place, folder]) await writeFile(join(other, 'notes.txt'), 'not a symbol file');
    await writeFile(join(place, 'more.zip'), zipOf([{ name: 'x/c.sym', bytes: Buffer.from(text('C')) }]));

    const first = await crashkeep('symbols', 'symbols', 'upload', place);
    expect([first.code, first.out.trim().split('\n').at(-1)]).toEqual([
      0,
      '6 new, 0 already there, 1 passed over, 0 refused',
    ]);
    const names = await bed.sql('select debug_file, debug_id, kind from strict.symbol_file order by 1, 2, 3');
    expect(names.map((row) => [row['debug_file'], row['debug_id'], row['kind']].join(' '))).toEqual([
      'Tool.exe 5F00ABCD12000 pe',
      ...['A', 'B', 'C'].map((id) => `app.pdb ${id.repeat(32)}1 breakpad`),
      `libx.so ${'C1'.repeat(16)}0 elf`,
      `libx.so ${'C1'.repeat(16)}0 elf-debug`,
    ]);

    await writeFile(join(place, 'a.sym'), text('A', 'PUBLIC 20 0 other\n'));
    const second = await crashkeep('symbols', 'symbols', 'upload', place, join(folder, 'notes.txt'));
    expect([second.code, second.out.trim().split('\n').at(-1)]).toEqual([
      1,
      '0 new, 5 already there, 1 passed over, 2 refused',
    ]);
    expect(second.out).toContain('a.sym: Other symbols of this debug id are there. The first upload stays.');
    expect(second.out).toContain('notes.txt: it is no symbol file');
  },
  60_000,
);

test.skipIf(absent)(
  named('symbols upload: bombs, paths out of the zip and damaged files are refused, and the others are sent'),
  async () => {
    const place = join(folder, 'hostile');
    await mkdir(place);
    const text = (id: string): Buffer =>
      Buffer.from(`MODULE Linux x86_64 ${id.repeat(32)}0 liby.so\nPUBLIC 10 0 main\n`);
    const bomb = Buffer.concat([text('1'), Buffer.alloc(8 * 1024 * 1024, 0x0a)]);
    await writeFile(join(place, 'bomb.zip'), zipOf([{ name: 'x.sym', bytes: bomb, claimed: 100 }]));
    await writeFile(join(place, 'path.zip'), zipOf([{ name: '../../x.sym', bytes: text('2') }]));
    await writeFile(join(place, 'cut.zip'), zipOf([{ name: 'x.sym', bytes: text('3') }]).subarray(0, -8));
    await writeFile(join(place, 'cut.sym.gz'), gzipSync(text('4')).subarray(0, 20));
    await writeFile(join(place, 'z-good.sym'), text('5'));
    const ran = await crashkeep('symbols', 'symbols', 'upload', place);
    expect([ran.code, ran.out.trim().split('\n').at(-1)]).toEqual([1, '1 new, 0 already there, 4 refused']);
    const rows = await bed.sql("select debug_id from strict.symbol_file where debug_file = 'liby.so'");
    expect(rows.map((row) => row['debug_id'])).toEqual([`${'5'.repeat(32)}0`]);
  },
  60_000,
);

const pdb = resolve(import.meta.dirname, '../../../../shared/fixtures/winx64/pdb/nullderef-c.pdb.gz');
const dumpSyms = join(homedir(), '.cache/crashkeep/bin/dump_syms');
const noPdb = absent || !existsSync(pdb) || !existsSync(dumpSyms);

test.skipIf(noPdb)(
  noPdb ? 'symbols upload: a PDB (NOT RUN: it needs ../shared, dump_syms and apps/cli)' : 'symbols upload: a PDB',
  async () => {
    const place = join(folder, 'nullderef-c.pdb');
    await writeFile(place, gunzipSync(await readFile(pdb)));
    vi.stubEnv('CRASHKEEP_DUMP_SYMS', '/nowhere');
    const without = await crashkeep('symbols', 'symbols', 'upload', place);
    expect([without.code, without.out]).toEqual([1, expect.stringContaining('it needs dump_syms')]);
    vi.stubEnv('CRASHKEEP_DUMP_SYMS', dumpSyms);
    const ran = await crashkeep('symbols', 'symbols', 'upload', place);
    vi.unstubAllEnvs();
    expect([ran.code, ran.out.trim().split('\n').at(-1)]).toEqual([0, '1 new, 0 already there, 0 refused']);
    const [row] = await bed.sql("select * from strict.symbol_file where debug_file = 'nullderef-c.pdb'");
    expect(row).toMatchObject({ kind: 'breakpad', debug_id: 'AB7DB8A2DB68D65C4C4C44205044422E1' });
  },
  60_000,
);

test.skipIf(absent)(
  named('submit: a dump and a packed core; the file goes only once the vault keeps it'),
  async () => {
    const [dump, core, junk] = ['a.dmp', 'core.app.zst', 'junk.dmp'].map((name) => join(folder, name));
    await writeFile(dump ?? '', DUMP);
    const image = Buffer.alloc(300_000, 4);
    image.write('\x7fELF\x02\x01\x01', 'latin1');
    image.writeUInt16LE(4, 16); // ET_CORE
    await writeFile(core ?? '', zstdOf(image));
    await writeFile(junk ?? '', 'no dump at all');
    const files = [dump ?? '', core ?? '', junk ?? ''];
    const ran = await crashkeep(
      'ingest',
      'submit',
      ...files,
      '--delete',
      '--receipts',
      join(folder, 'receipts'),
      '--product',
      'app',
      '--product-version',
      '1.2',
    );
    expect(ran.code).toBe(1);
    const ids = ran.out
      .trim()
      .split('\n')
      .map((line) => line.split('  ')[0]);
    const rows = await bed.sql('select id, format, plain_bytes from strict.dump order by received_at');
    expect(rows.map((row) => row['id'])).toEqual(ids);
    expect(rows.map((row) => Number(row['plain_bytes']))).toEqual([DUMP.length, 300_000]);
    expect(ran.err).toContain('junk.dmp: Discarded=malformed_wrong_magic');
    expect((await readdir(folder)).filter((name) => /dmp|core/.test(name))).toEqual(['junk.dmp']);
    expect((await readdir(join(folder, 'receipts'))).sort()).toEqual(
      ids.map((id) => `${String(id)}.tlog-proof`).sort(),
    );
  },
  60_000,
);

test.skipIf(absent)(
  named('submit --delete: without a receipt that holds the file stays'),
  async () => {
    const path = join(folder, 'kept.txt.dmp');
    await writeFile(path, DUMP);
    const other = new SequencerStandIn(bed.sql).key;
    const ran = await crashkeep('ingest', 'submit', path, '--delete', '--ledger-key', other);
    expect([ran.code, existsSync(path)]).toEqual([1, true]);
    expect(ran.err).toContain('verify.not-signed');
    const forgotten = await crashkeep('ingest', 'submit', path, '--delete', '--ledger-key', sequencer.key);
    expect([forgotten.code, existsSync(path)]).toEqual([0, false]);
  },
  60_000,
);

test.skipIf(absent)(
  named('watch --once: each dump of a Crashpad database goes once'),
  async () => {
    const database = join(folder, 'database');
    const state = join(folder, 'state.json');
    await mkdir(join(database, 'pending'), { recursive: true });
    await writeFile(join(database, 'pending', 'one.dmp'), DUMP);
    await writeFile(join(database, 'pending', 'one.meta'), 'not a dump');
    const before = await dumps();
    const watch = (): Promise<Ran> => crashkeep('ingest', 'watch', database, '--once', '--state', state);
    expect((await watch()).code).toBe(0);
    await writeFile(join(database, 'pending', 'two.dmp'), DUMP);
    await writeFile(join(database, 'pending', 'bad.dmp'), 'no dump');
    expect((await watch()).code).toBe(1);
    expect(await dumps()).toBe(before + 2);
    const last = await watch(); // what the vault will never take is not sent again either
    expect([last.code, last.out, last.err]).toEqual([0, '', '']);
    expect(await dumps()).toBe(before + 2);
  },
  60_000,
);

test.skipIf(absent)(
  named('a token of another class sends nothing'),
  async () => {
    const place = join(folder, 'x.sym');
    await writeFile(place, `MODULE Linux x86_64 ${'E'.repeat(32)}0 x\n`);
    const ran = await crashkeep('ingest', 'symbols', 'upload', place);
    expect([ran.code, ran.out.includes('ingest.unauthorized')]).toEqual([1, true]);
    expect(ran.out + ran.err).not.toContain(tokens.ingest);
  },
  60_000,
);

/** Headers of a 64-bit Windows image without sections or debug directory. */
function peOf(linkedAt: number, imageBytes: number): Buffer {
  const file = Buffer.alloc(1024);
  file.write('MZ', 'latin1');
  file.writeUInt32LE(0x80, 0x3c);
  file.write('PE\0\0', 0x80, 'latin1');
  file.writeUInt16LE(0x8664, 0x84);
  file.writeUInt32LE(linkedAt, 0x88);
  file.writeUInt16LE(240, 0x94);
  file.writeUInt16LE(0x20b, 0x98);
  file.writeUInt32LE(imageBytes, 0x98 + 56);
  return file;
}

/** A Zstandard frame of raw blocks (RFC 8878), a window of 1 MiB and no size, as a streaming writer leaves it. */
function zstdOf(bytes: Buffer): Buffer {
  const pieces: Buffer[] = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x50])];
  const most = 100_000;
  for (let at = 0; at < bytes.length; at += most) {
    const block = bytes.subarray(at, at + most);
    const head = Buffer.alloc(3);
    head.writeUIntLE((block.length << 3) | (at + most >= bytes.length ? 1 : 0), 0, 3);
    pieces.push(head, block);
  }
  return Buffer.concat(pieces);
}
