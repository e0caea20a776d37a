import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const programs = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? 'programs/' : '../../planted/programs/', import.meta.url),
);
/** What takes long to build is kept outside of the clone. */
const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'crashkeep/planted');

export interface Runtime {
  readonly name: string;
  /** The command that runs the program, built in `folder` where it must be; or why it cannot be run here. */
  prepare(folder: string): { readonly command: readonly string[] } | { readonly absent: string };
}

export const RUNTIMES: readonly Runtime[] = [
  {
    name: 'openssl',
    prepare: (folder) => {
      const program = join(folder, 'planted');
      return built(program, 'cc', ['-O2', '-o', program, join(programs, 'planted.c'), '-lcrypto'], 'OpenSSL headers');
    },
  },
  { name: 'node', prepare: () => ({ command: [process.execPath, join(programs, 'planted.mjs')] }) },
  {
    name: 'python',
    prepare: () => {
      const hasLibrary = succeeds('python3', ['-c', 'import cryptography']);
      return hasLibrary ? { command: ['python3', join(programs, 'planted.py')] } : { absent: 'python3, cryptography' };
    },
  },
  {
    name: 'go',
    prepare: (folder) => {
      const program = join(folder, 'planted-go');
      return built(program, 'go', ['build', '-o', program, join(programs, 'planted.go')], 'go');
    },
  },
  {
    name: 'java',
    prepare: (folder) => {
      const isBuilt = succeeds('javac', ['-d', folder, join(programs, 'Planted.java')]);
      return isBuilt ? { command: ['java', '-Xmx256m', '-cp', folder, 'Planted'] } : { absent: 'a JDK' };
    },
  },
  {
    name: 'rust',
    prepare: () => {
      const folder = join(cache, 'rust');
      mkdirSync(folder, { recursive: true });
      cpSync(join(programs, 'rust'), folder, { recursive: true });
      const target = join(cache, 'target');
      const manifest = join(folder, 'Cargo.toml');
      const options = ['build', '--release', '--manifest-path', manifest, '--target-dir', target];
      return built(join(target, 'release/planted'), 'cargo', options, 'cargo and its registry');
    },
  },
];

function built(program: string, compiler: string, options: readonly string[], needed: string) {
  return succeeds(compiler, options) ? { command: [program] } : { absent: needed };
}

function succeeds(command: string, options: readonly string[]): boolean {
  return spawnSync(command, options, { stdio: 'ignore' }).status === 0;
}
