import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { BufferSource, type Module, type Os, type ProcessSnapshot } from '@crashkeep/snapshot';
import { describe, expect, test } from 'vitest';
import { MinidumpError, readMinidump } from './index.js';

const fixtures = join(
  process.env['CRASHKEEP_SHARED'] ?? join(import.meta.dirname, '../../../../../shared'),
  'fixtures',
);
const absent = !existsSync(join(fixtures, 'minidumps'));
const dumps = absent ? [] : readdirSync(join(fixtures, 'minidumps')).filter((name) => /\.dmp(\.gz)?$/.test(name));
/** Text logs of Breakpad that only look like dumps by their name. */
const MICRODUMP = /microdump/;
const ids = dumps.map((name) => name.replace(/\.dmp(\.gz)?$/, '')).filter((id) => !MICRODUMP.test(id));

/** As rust-minidump tells it; see the fixtures' README. */
interface Expected {
  readonly error?: string;
  readonly os: string;
  readonly os_version: string;
  readonly cpu: string;
  readonly cpu_info: string | null;
  readonly pid: number | null;
  readonly crash_reason: string | null;
  readonly crash_address: string | null;
  readonly crashing_thread: number | null;
  readonly threads: readonly {
    readonly id: number;
    readonly name: string | null;
    readonly frames: readonly { readonly offset: string }[];
  }[];
  readonly modules: readonly ExpectedModule[];
  readonly unloaded_modules?: readonly ExpectedModule[];
}

interface ExpectedModule {
  readonly name: string;
  readonly base: string;
  readonly size: string;
  readonly debug_file?: string;
  readonly debug_id?: string;
  readonly code_id: string;
  readonly version?: string;
}

/** What the same library says of single streams. */
interface Extras {
  readonly exception?: {
    readonly address: string;
    readonly code: string;
    readonly flags: string;
    readonly information: readonly string[];
    readonly thread_id: number;
  };
  readonly memory?: { readonly list: readonly (readonly [string, number])[]; readonly bytes: number };
  readonly misc_info?: { readonly process_id: number | null; readonly process_create_time: number | null };
  readonly linux_maps?: number;
  readonly assertion?: { readonly expression: string; readonly function: string; readonly file: string };
  readonly crashpad?: {
    readonly simple_annotations: Readonly<Record<string, string>>;
    readonly modules: readonly {
      readonly annotation_objects?: Readonly<Record<string, string>>;
      readonly list_annotations?: readonly string[];
    }[];
  };
}

const SYSTEMS: Readonly<Record<string, Os>> = { Linux: 'linux', 'Windows NT': 'windows', 'Mac OS X': 'mac' };

const leaf = (path: string | null): string | null => path?.replace(/.*[\\/]/, '') ?? null;
const hex = (value: bigint): string => `0x${value.toString(16)}`;
const ofText = (text: string | null): bigint | null => (text === null ? null : BigInt(text));
/** Where there is none rust-minidump's printer writes zeroes for a debug id, and nothing for a code id or a debug file. */
const orNull = (text: string | undefined): string | null => (text === undefined || /^0*$/.test(text) ? null : text);

function dumpOf(id: string): Uint8Array {
  const plain = join(fixtures, 'minidumps', `${id}.dmp`);
  return existsSync(plain) ? readFileSync(plain) : gunzipSync(readFileSync(`${plain}.gz`));
}

function json(folder: string, name: string): unknown {
  const path = join(fixtures, folder, `${name}.json`);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

function readOrCode(id: string): ProcessSnapshot | string {
  try {
    return readMinidump(new BufferSource(dumpOf(id)));
  } catch (error) {
    if (error instanceof MinidumpError) return error.code;
    throw error;
  }
}

const moduleFacts = (module: Module) => ({
  name: leaf(module.codeFile),
  base: module.base,
  size: BigInt(module.size),
  debugFile: leaf(module.debugFile),
  debugId: module.debugId,
  codeId: module.codeId,
  version: module.version,
});

const expectedModuleFacts = (module: ExpectedModule) => ({
  name: module.name,
  base: BigInt(module.base),
  size: BigInt(module.size),
  debugFile: module.debug_file || null,
  debugId: orNull(module.debug_id),
  codeId: orNull(module.code_id),
  version: module.version ?? null,
});

const headerFacts = (snapshot: ProcessSnapshot) => ({
  os: snapshot.os,
  osVersion: snapshot.osVersion,
  cpu: snapshot.cpu,
  cpuInfo: snapshot.cpuInfo,
  pid: snapshot.processId,
  reason: snapshot.crashReason,
  address: snapshot.crashAddress,
  crashing: snapshot.crashingThread,
  threads: snapshot.threads.map(({ id, name }) => ({ id, name })),
});

const expectedHeaderFacts = (expected: Expected) => ({
  os: SYSTEMS[expected.os] ?? 'unknown',
  osVersion: expected.os_version,
  cpu: expected.cpu,
  cpuInfo: expected.cpu_info,
  pid: expected.pid,
  reason: expected.crash_reason,
  address: ofText(expected.crash_address),
  crashing: expected.crashing_thread,
  threads: expected.threads.map(({ id, name }) => ({ id, name })),
});

/** rust-minidump leaves the thread that wrote the dump without frames. */
const tops = ({ threads, dumpThread }: ProcessSnapshot): (bigint | null)[] =>
  threads.map(({ context }, i) => (i === dumpThread ? null : (context?.instructionPointer ?? null)));

/**
 * Damaged in a list's count, a module's name or debug record: there rust-minidump drops all modules or threads, and here what can be
 * read is kept. Cut files: what is left of a stack is kept.
 */
const DAMAGED = /^mutated__/;
/** LLDB's context is shorter than Microsoft's: rust-minidump refuses it, and LLDB's own text (fixtures/raw) has the frames that are read here. */
const LLDB_CONTEXT = /^own__lldbsave-/;

const REFUSED: Readonly<Record<string, readonly string[]>> = {
  MissingHeader: ['minidump.truncated-header'],
  VersionMismatch: ['minidump.bad-version'],
  MissingDirectory: ['minidump.truncated-directory'],
};

test.skipIf(absent)('the shared fixtures are there (CRASHKEEP_SHARED, or ../shared beside the repository)', () => {
  expect(dumps.length).toBeGreaterThan(0);
});

describe.skipIf(absent)(`${String(ids.length)} minidumps as rust-minidump reads them`, () => {
  test.each(ids)('%s', (id) => {
    const expected = json('expected', `${id}.nosym`) as Expected | null;
    if (expected === null) throw new Error('no expectation');
    const snapshot = readOrCode(id);
    if (typeof snapshot === 'string') {
      expect(REFUSED[expected.error?.split(' ')[0] ?? '']).toContain(snapshot);
      return;
    }
    if (expected.error !== undefined) {
      expect(snapshot.problems.length).toBeGreaterThan(0);
      return;
    }
    expect(headerFacts(snapshot)).toEqual(expectedHeaderFacts(expected));
    expectModules(id, snapshot, expected);
    if (!DAMAGED.test(id) && !LLDB_CONTEXT.test(id)) {
      expect(tops(snapshot)).toEqual(expected.threads.map(({ frames }) => ofText(frames[0]?.offset ?? null)));
    }
    expect(snapshot.unloadedModules.map(({ base, size, codeId }) => ({ base, size: BigInt(size), codeId }))).toEqual(
      (expected.unloaded_modules ?? []).map((module) => ({
        base: BigInt(module.base),
        size: BigInt(module.size),
        codeId: module.code_id,
      })),
    );
    const extras = json('extras', id) as Extras | null;
    if (extras !== null) expectExtras(id, snapshot, extras);
  });
});

function expectModules(id: string, snapshot: ProcessSnapshot, expected: Expected): void {
  const ours = snapshot.modules.map(moduleFacts);
  const theirs = expected.modules.map(expectedModuleFacts);
  if (DAMAGED.test(id) && theirs.length === 0) expect(snapshot.problems.length).toBeGreaterThan(0);
  else expect(ours).toEqual(theirs);
}

function expectExtras(id: string, snapshot: ProcessSnapshot, extras: Extras): void {
  if (extras.exception !== undefined) {
    const { threadId, code, flags, address, parameters } = snapshot.exception ?? { parameters: [] };
    expect({ threadId, code, flags, address, parameters: parameters.map(hex) }).toEqual({
      threadId: extras.exception.thread_id,
      code: Number(extras.exception.code),
      flags: Number(extras.exception.flags),
      address: BigInt(extras.exception.address),
      parameters: extras.exception.information,
    });
  }
  if (extras.memory !== undefined && !DAMAGED.test(id)) {
    expect(snapshot.memory.regions.map(({ address, size }) => [hex(address), size])).toEqual(extras.memory.list);
  }
  if (extras.misc_info !== undefined) {
    expect([snapshot.processId, snapshot.startedAt]).toEqual([
      extras.misc_info.process_id,
      extras.misc_info.process_create_time,
    ]);
  }
  if (extras.linux_maps !== undefined) expect(snapshot.regionInfo).toHaveLength(extras.linux_maps);
  expect(snapshot.assertion === null).toBe(extras.assertion === undefined);
  const { crashpad } = extras;
  if (crashpad !== undefined) {
    const objects = crashpad.modules.map(({ annotation_objects }) => annotation_objects ?? {});
    // The process's own value wins over a module's, and an earlier module's over a later one's.
    const merged = Object.assign({}, ...objects.reverse(), crashpad.simple_annotations) as Record<string, string>;
    expect(Object.fromEntries(snapshot.annotations)).toEqual(merged);
    expect(snapshot.messages).toEqual(crashpad.modules.flatMap(({ list_annotations }) => list_annotations ?? []));
  }
}
