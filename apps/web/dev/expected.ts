import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The uniform shape of `fixtures/expected`, as far as a report needs it. */
export interface ExpectedInline {
  readonly function?: string;
  readonly file?: string;
  readonly line?: number;
}

export interface ExpectedFrame extends ExpectedInline {
  readonly index: number;
  readonly module: string | null;
  readonly module_offset: string | null;
  readonly trust: string;
  readonly inlines?: readonly ExpectedInline[];
}

export interface ExpectedThread {
  readonly index: number;
  readonly id: number;
  readonly name: string | null;
  readonly frames: readonly ExpectedFrame[];
}

export interface ExpectedModule {
  readonly name: string;
  readonly version: string | null;
  readonly debug_file: string | null;
  readonly debug_id: string | null;
  readonly code_id: string | null;
  readonly symbols_loaded: boolean;
}

export interface Expected {
  readonly os: string;
  readonly os_version: string | null;
  readonly cpu: string;
  readonly cpu_info: string | null;
  readonly crash_reason: string | null;
  readonly crash_address: string | null;
  readonly crashing_thread: number | null;
  readonly main_module: number | null;
  readonly process_uptime: number | null;
  readonly threads: readonly ExpectedThread[];
  readonly modules: readonly ExpectedModule[];
  readonly signature_socorro?: { readonly signature: string } | string;
}

const shared = process.env['CRASHKEEP_SHARED'] ?? fileURLToPath(new URL('../../../../shared', import.meta.url));

export function readExpected(fixture: string): Expected {
  const path = join(shared, 'fixtures/expected', `${fixture}.sym.json`);
  if (!existsSync(path)) throw new Error(`The made-up vault needs the fixtures: set CRASHKEEP_SHARED to their folder.`);
  return JSON.parse(readFileSync(path, 'utf8')) as Expected;
}
