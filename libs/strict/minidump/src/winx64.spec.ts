import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { BufferSource, type ProcessSnapshot } from '@crashkeep/snapshot';
import { describe, expect, test } from 'vitest';
import { readMinidump } from './index.js';

const fixtures = join(
  process.env['CRASHKEEP_SHARED'] ?? join(import.meta.dirname, '../../../../../shared'),
  'fixtures/winx64',
);
const absent = !existsSync(join(fixtures, 'minidumps'));
const dumps = absent ? [] : readdirSync(join(fixtures, 'minidumps')).map((name) => name.replace(/\.dmp\.gz$/, ''));

/** What the crashing program knew of itself; see the folder's README. */
interface Truth {
  readonly crashing_thread_id: number;
  readonly exception: { readonly code: string; readonly address: string };
  readonly modules: readonly { readonly name: string; readonly base: string; readonly size: string }[];
  readonly threads: readonly {
    readonly id: number;
    readonly crashed: boolean;
    readonly frames: readonly { readonly module: string | null; readonly module_offset: string; readonly sp: string }[];
  }[];
}

const leaf = (path: string): string => path.replace(/.*[\\/]/, '').toLowerCase();
/** A thread that spins was somewhere else by the time that the dump was written. */
const SPINS = /^threads/;

function topOf(snapshot: ProcessSnapshot, id: number) {
  const context = snapshot.threads.find((thread) => thread.id === id)?.context;
  const ip = context?.instructionPointer ?? 0n;
  const module = snapshot.modules.find(({ base, size }) => ip >= base && ip < base + BigInt(size));
  return {
    module: module === undefined ? null : leaf(module.codeFile),
    offset: ip - (module?.base ?? 0n),
    sp: context?.stackPointer,
  };
}

test.skipIf(absent)('the shared fixtures are there (CRASHKEEP_SHARED, or ../shared beside the repository)', () => {
  expect(dumps.length).toBeGreaterThan(0);
});

describe.skipIf(absent)(`${String(dumps.length)} Windows dumps by what the programs knew`, () => {
  test.each(dumps)('%s', (name) => {
    const id = name.replace(/(\.raw|-full|-inproc)$/, '');
    const truth = JSON.parse(readFileSync(join(fixtures, 'expected', `${id}.truth.json`), 'utf8')) as Truth;
    const snapshot = readMinidump(
      new BufferSource(gunzipSync(readFileSync(join(fixtures, 'minidumps', `${name}.dmp.gz`)))),
    );
    expect(snapshot).toMatchObject({ os: 'windows', cpu: 'amd64' });
    expect(snapshot.threads[snapshot.crashingThread ?? -1]?.id).toBe(truth.crashing_thread_id);
    expect(snapshot.exception).toMatchObject({
      code: Number(truth.exception.code),
      address: BigInt(truth.exception.address),
    });
    const known = new Set(truth.modules.map((module) => `${leaf(module.name)} ${module.base} ${module.size}`));
    const listed = snapshot.modules.map(
      ({ codeFile, base, size }) => `${leaf(codeFile)} 0x${base.toString(16)} 0x${size.toString(16)}`,
    );
    expect(listed.filter((module) => known.has(module))).toHaveLength(known.size);
    for (const { id, crashed, frames } of truth.threads) {
      const [top] = frames;
      if (top === undefined || (!crashed && SPINS.test(name))) continue;
      expect(topOf(snapshot, id)).toEqual({
        module: top.module === null ? null : leaf(top.module),
        offset: BigInt(top.module_offset),
        sp: BigInt(top.sp),
      });
      // The stack that is named holds the crash's frames, not only the handler's.
      const { stack } = snapshot.threads.find((thread) => thread.id === id) ?? { stack: null };
      expect(stack !== null && BigInt(top.sp) >= stack.address).toBe(true);
    }
  });
});
