import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readElfCore } from '@crashkeep/elfcore';
import { regionsOfDump, screen, type ScreenResult } from '@crashkeep/screen';
import { SnapshotError } from '@crashkeep/snapshot';
import { fingerprintKey, freshKeys } from './planted-keys.js';
import type { Runtime } from './runtimes.js';
import { takeCore } from './take-core.js';

const KEYS_OF_EACH = 2;

export interface Outcome {
  readonly planted: number;
  /** Kinds of keys that were not found. */
  readonly missed: readonly string[];
  readonly result: ScreenResult;
  /** Processor time of the screen. */
  readonly seconds: number;
}

/** Runs a program with fresh keys, takes its core and screens it; or says what this machine has not. */
export async function plantIn({ prepare }: Runtime): Promise<Outcome | { readonly absent: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'crashkeep-planted-'));
  try {
    const prepared = prepare(folder);
    if ('absent' in prepared) return prepared;
    const keys = freshKeys(KEYS_OF_EACH);
    const core = await takeCore(prepared.command, keys, folder);
    if (core === null) return { absent: 'a core of it (gdb)' };
    const begin = process.cpuUsage();
    const result = screenFile(core);
    const { user, system } = process.cpuUsage(begin);
    const missed = keys.filter((key) => !key.isFound(result.findings)).map(({ kind }) => kind);
    return { planted: keys.length, missed, result, seconds: (user + system) / 1e6 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function screenFile(path: string): ScreenResult {
  const descriptor = openSync(path, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const read = (offset: number, length: number): Uint8Array => {
      const bytes = Buffer.allocUnsafe(length);
      if (readSync(descriptor, bytes, 0, length, offset) !== length) throw new SnapshotError('snapshot.out-of-range');
      return bytes;
    };
    const source = { size, read, prefetch: () => undefined };
    return screen(source, regionsOfDump(readElfCore(source).memory.regions, size), { fingerprintKey });
  } finally {
    closeSync(descriptor);
  }
}
