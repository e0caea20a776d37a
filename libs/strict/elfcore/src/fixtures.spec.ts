import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { BufferSource, type ByteSource, type ProcessSnapshot } from '@crashkeep/snapshot';
import { describe, expect, test } from 'vitest';
import { readElfCore } from './index.js';

const fixtures = join(
  process.env['CRASHKEEP_SHARED'] ?? join(import.meta.dirname, '../../../../../shared'),
  'fixtures',
);
const absent = !existsSync(join(fixtures, 'cores'));
const ids = absent ? [] : readdirSync(join(fixtures, 'cores')).map((name) => name.replace(/\.core\.gz$/, ''));

/** As gdb and elfutils tell it; see the fixtures' README. */
interface Expected {
  readonly error?: string;
  readonly cpu: string;
  readonly crash_reason: string | null;
  readonly crash_address: string | null;
  readonly crashing_thread: number;
  readonly siginfo?: { readonly si_code: string };
  readonly threads: readonly { readonly id: number; readonly frames: readonly { readonly pc: string }[] }[];
  readonly modules: readonly { readonly name: string; readonly base: string; readonly build_id: string | null }[];
}

const leaf = (path: string): string => path.replace(/.*\//, '');

/** gdb clears the bit that says Thumb. */
const codeAddress = ({ cpu }: Expected, address: bigint | undefined): bigint | undefined =>
  cpu === 'arm' && address !== undefined ? address & ~1n : address;

const coreOf = (id: string): ProcessSnapshot =>
  readElfCore(new BufferSource(gunzipSync(readFileSync(join(fixtures, 'cores', `${id}.core.gz`)))));

test.skipIf(absent)('the shared fixtures are there (CRASHKEEP_SHARED, or ../shared beside the repository)', () => {
  expect(ids.length).toBeGreaterThan(0);
});

describe.skipIf(absent)(`${String(ids.length)} cores as gdb reads them`, () => {
  test.each(ids)('%s', (id) => {
    const expected = JSON.parse(readFileSync(join(fixtures, 'expected', `${id}.json`), 'utf8')) as Expected;
    const snapshot = coreOf(id);
    expect(snapshot.cpu).toBe(expected.cpu);
    if (expected.error !== undefined) {
      // This gdb knows no BSD; readelf lists the threads' notes.
      expect(snapshot.threads.every(({ context }) => context !== null)).toBe(true);
      expect(snapshot.threads).toHaveLength(BSD_THREADS[id] ?? -1);
      return;
    }
    expect(
      snapshot.threads.map(({ id, context }) => ({ id, pc: codeAddress(expected, context?.instructionPointer) })),
    ).toEqual(expected.threads.map(({ id, frames }) => ({ id, pc: BigInt(frames[0]?.pc ?? 0) })));
    expect(snapshot.crashingThread).toBe(expected.crashing_thread);
    expect(snapshot.crashReason?.split(' / ')[0] ?? null).toBe(expected.crash_reason);
    if (snapshot.crashAddress !== null) {
      expect(snapshot.crashAddress).toBe(BigInt(expected.crash_address?.split(' ')[0] ?? -1));
    }
    expectModules(snapshot, expected);
  });
});

const BSD_THREADS: Readonly<Record<string, number>> = {
  'lldb__netbsd-1lwp_SIGSEGV.amd64': 1,
  'lldb__netbsd-2lwp_process_SIGSEGV.amd64': 2,
  'lldb__reg-x86-32-freebsd': 1,
  'lldb__reg-x86-32-freebsd-multithread': 4,
  'lldb__reg-x86-32-netbsd-multithread': 4,
  'lldb__reg-x86-64-netbsd-multithread': 4,
};

/**
 * All that elfutils lists, by base and build id. It leaves out what it found no headers of, and the kernel's page on arm64; where it
 * could not follow the dynamic linker's list it has the longer name of the file.
 */
function expectModules({ modules }: ProcessSnapshot, expected: Expected): void {
  for (const { name, base, build_id } of expected.modules) {
    const ours = modules.find((module) => module.base === BigInt(base));
    expect(ours?.codeId ?? null).toBe(build_id);
    expect(leaf(name).startsWith(leaf(ours?.codeFile ?? 'none'))).toBe(true);
  }
  const listed = new Set(expected.modules.map(({ base }) => BigInt(base)));
  const added = modules.filter(({ base, codeId }) => codeId !== null && !listed.has(base));
  expect(added.filter(({ codeFile }) => codeFile !== 'linux-vdso.so.1')).toEqual([]);
}

test.skipIf(absent)('arm64 cores name the bits of pointer authentication', () => {
  expect(coreOf('own__arm64-threads__core').pointerAuthenticationMask).toBe(0x007f_0000_0000_0000n);
});

test.skipIf(absent)('a core of 46 MB costs what its notes, first pages and headers cost', () => {
  const bytes = gunzipSync(readFileSync(join(fixtures, 'cores', 'own__extra-go_nil__core.core.gz')));
  let read = 0;
  const inner = new BufferSource(bytes);
  const counting: ByteSource = {
    size: bytes.length,
    read(offset, length) {
      read += length;
      return inner.read(offset, length);
    },
    prefetch(ranges) {
      for (const { length } of ranges) read += length;
    },
  };
  readElfCore(counting);
  expect(read).toBeLessThan(1024 * 1024);
});
