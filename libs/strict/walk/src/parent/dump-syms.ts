import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, createWriteStream, existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { WalkError } from '../walk-error.js';
import { detectIsolation } from './isolation.js';

const NAME = process.platform === 'win32' ? 'dump_syms.exe' : 'dump_syms';
const MILLISECONDS = 10 * 60_000;
const ADDRESS_BYTES = 8 * 1024 ** 3;
const TEXT_BYTES_MAX = 4 * 1024 ** 3;
const LIST_CHARACTERS_MAX = 4096;
const PRLIMIT = ['/usr/bin/prlimit', '/bin/prlimit'].find((path) => existsSync(path));

export interface DumpSymsLimits {
  readonly milliseconds: number;
  readonly textBytes: number;
}

/**
 * Mozilla's dump_syms, which makes Breakpad text of PDBs and Mach-O files: a program of somebody else's that reads hostile files.
 * It is started without a shell, environment or network, with a limit of memory where the machine has prlimit, and is killed at its
 * limits.
 */
export class DumpSyms {
  readonly #program: string;
  readonly #limits: DumpSymsLimits;

  constructor(program: string, limits: Partial<DumpSymsLimits> = {}) {
    this.#program = program;
    this.#limits = { milliseconds: MILLISECONDS, textBytes: TEXT_BYTES_MAX, ...limits };
  }

  /** The program that is configured, else the one on the path; null where there is none. */
  static find(configured: string | null, path = process.env['PATH'] ?? ''): DumpSyms | null {
    const places = configured === null ? path.split(delimiter).map((folder) => join(folder, NAME)) : [configured];
    const program = places.find(isExecutable);
    return program === undefined ? null : new DumpSyms(program);
  }

  /**
   * Writes the text of `input` to the new file `output`. Throws `walk.not-symbols` where the tool cannot read it,
   * `walk.symbols-too-large`, `walk.timeout`. What is in `output` then is the caller's to remove.
   */
  async dump(input: string, output: string, arch: string | null = null): Promise<void> {
    const child = this.#start([...(arch === null ? [] : ['--arch', arch]), '--inlines', input]);
    const ended = endOf(child);
    let bytes = 0;
    const { textBytes } = this.#limits;
    const counted = async function* (pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const piece of pieces) {
        bytes += piece.length;
        if (bytes > textBytes) return;
        yield piece;
      }
    };
    await pipeline(child.stdout, counted, createWriteStream(output, { flags: 'wx', mode: 0o600 }));
    if (bytes > textBytes) {
      child.kill('SIGKILL');
      throw new WalkError('walk.symbols-too-large');
    }
    await ended;
    if (bytes === 0) throw new WalkError('walk.not-symbols');
  }

  /** Of a Mach-O file: the architectures that it holds, one or more. */
  async architectures(input: string): Promise<string[]> {
    const child = this.#start(['--list-arch', input]);
    const ended = endOf(child);
    let text = '';
    for await (const piece of child.stdout) if (text.length < LIST_CHARACTERS_MAX) text += String(piece);
    await ended;
    return [...new Set(text.match(/\b[a-z][a-z0-9_]{2,15}\b/g) ?? [])];
  }

  #start(words: readonly string[]) {
    const folder = dirname(words.at(-1) ?? '');
    const limits = PRLIMIT === undefined ? [] : [PRLIMIT, `--as=${ADDRESS_BYTES}`, '--core=0', '--'];
    const [command = '', ...rest] = [...detectIsolation().prefix, ...limits, this.#program, ...words];
    const { milliseconds: timeout } = this.#limits;
    // It would read the address of a symbol server from a file in its home.
    const env = { HOME: folder, PATH: '', RAYON_NUM_THREADS: '2' };
    return spawn(command, rest, {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout,
      killSignal: 'SIGKILL',
    });
  }
}

/** Rejects where it did not end by itself and well. */
function endOf(child: ChildProcess): Promise<void> {
  const ended = new Promise<{ readonly code: number | null; readonly signal: string | null }>((resolve, reject) => {
    child.once('error', () => {
      reject(new WalkError('walk.child-not-started'));
    });
    child.once('close', (code, signal) => {
      resolve({ code, signal });
    });
  });
  const end = ended.then(({ code, signal }) => {
    if (signal === 'SIGKILL') throw new WalkError('walk.timeout');
    if (code !== 0) throw new WalkError('walk.not-symbols');
  });
  end.catch(() => undefined); // whoever awaits it hears of it; nobody does before the stream has ended
  return end;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
