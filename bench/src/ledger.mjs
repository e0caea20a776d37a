// The ledger: appends a second through the roles' own functions, numbering a second, and a million leaves verified offline; then each
// kind of tampering with that million, found and named.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { benchAppends } from './ledger-appends.mjs';
import { generateLedger } from './ledger-generator.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const LEAVES = Number(process.env.CRASHKEEP_BENCH_LEAVES ?? 1_000_000);
const AIM_SECONDS = 60;

export async function benchLedger(print) {
  await benchAppends(print);
  const folder = mkdtempSync(join(tmpdir(), 'crashkeep-ledger-'));
  try {
    const made = await generateLedger(folder, LEAVES);
    const verified = verify(folder, made.key);
    if (verified.status !== 0) throw new Error(`the generated ledger is not sound: ${verified.out}`);
    print('ledger', `verify ${LEAVES} leaves`, verified.seconds, 's', AIM_SECONDS, AIM_SECONDS / verified.seconds);
    print('ledger', 'leaves verified a second', LEAVES / verified.seconds, '/s');
    for (const [what, expected, tamper] of tamperings(folder, made)) {
      const [mend, options] = tamper();
      const { status, out, seconds } = verify(folder, made.key, options);
      const isFound = status === 1 && out.includes(expected);
      if (!isFound) throw new Error(`${what}: expected ${expected}, got ${out}`);
      print('ledger', `${what}: ${expected}`, seconds, 's');
      mend();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function verify(folder, key, options = []) {
  const began = performance.now();
  const cli = ['apps/cli/bin/crashkeep.mjs', 'audit', 'verify', folder, '--key', key, ...options];
  const { status, stdout, stderr } = spawnSync('node', cli, { cwd: root, encoding: 'utf8' });
  return { status, out: stdout + stderr, seconds: (performance.now() - began) / 1000 };
}

/** What, the line that must be printed, and how it is done; doing it gives how it is mended. */
function tamperings(folder, { forked, bundleOf, lastLeaves }) {
  const changed = (path, change) => () => {
    const file = join(folder, path);
    const before = readFileSync(file);
    writeFileSync(file, change(Buffer.from(before)));
    return [() => writeFileSync(file, before)];
  };
  const bit = (at) => (bytes) => {
    bytes[at] ^= 1;
    return bytes;
  };
  const middle = Math.floor(LEAVES / 512);
  const first = middle * 256;
  const [bundle, tile] = [bundleOf('tile/entries', middle), bundleOf('tile/0', middle)];
  return [
    ['one bit', `verify.leaf-changed  leaf ${first}`, changed(bundle, bit(40))],
    [
      'one row',
      `verify.bundle-changed  ${bundle}`,
      changed(bundle, (bytes) => bytes.subarray(2 + bytes.readUInt16BE(0))),
    ],
    ['one tile', `verify.tile-changed  ${tile}`, changed(tile, bit(100))],
    ['one tile missing', `verify.tile-missing  ${tile}`, () => away(folder, tile)],
    ['the order', `verify.order-changed  leaves ${first}, ${first + 1}`, changed(bundle, swapFirstTwo)],
    ['the tail', 'verify.root-differs  checkpoint', () => away(folder, ...lastLeaves)],
    ['a forked checkpoint', 'verify.root-differs  checkpoint', changed('checkpoint', () => Buffer.from(forked))],
    [
      'a ledger that forked from what was seen',
      `verify.forked  the first ${first} leaves`,
      () => remembered(folder, first),
    ],
  ];
}

function away(folder, ...paths) {
  const there = paths.filter((path) => existsSync(join(folder, path)));
  for (const path of there) renameSync(join(folder, path), join(folder, `${path}.away`));
  return [() => there.forEach((path) => renameSync(join(folder, `${path}.away`), join(folder, path)))];
}

function swapFirstTwo(bytes) {
  const one = 2 + bytes.readUInt16BE(0);
  const two = 2 + bytes.readUInt16BE(one);
  return Buffer.concat([bytes.subarray(one, one + two), bytes.subarray(0, one), bytes.subarray(one + two)]);
}

/** An auditor who saw another tree of this size. */
function remembered(folder, size) {
  const file = join(folder, 'seen');
  const [origin] = readFileSync(join(folder, 'checkpoint'), 'utf8').split('\n');
  writeFileSync(file, `${origin}\n${size}\n${Buffer.alloc(32, 7).toString('base64')}\n`);
  return [() => rmSync(file), ['--remember', file]];
}
