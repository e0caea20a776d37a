import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StateFolder } from '@crashkeep/local-vault';
import type { AppSpec } from './app-table.js';
import { isWell } from './health.js';
import { endNoted, notePid } from './process-identity.js';
import { Sentence } from './sentence.js';

const START_MS = 60_000;
const STOP_MS = 10_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** After this long a crash is a new one, not the same again. */
const STEADY_MS = 60_000;
/** An app that ends this often before it ever served will not get better by itself. */
const TRIES_TO_START = 3;
const LOG_BYTES_MAX = 10 * 1024 * 1024;

/** One app, kept running: started again with growing pauses when it ends by itself. */
export class AppProcess {
  readonly #spec: AppSpec;
  readonly #folder: StateFolder;
  readonly #say: (line: string) => void;
  #child: ChildProcess | null = null;
  #ending = false;
  #served = false;
  #ends = 0;
  #restart: NodeJS.Timeout | null = null;

  constructor(spec: AppSpec, folder: StateFolder, say: (line: string) => void) {
    this.#spec = spec;
    this.#folder = folder;
    this.#say = say;
  }

  get name(): string {
    return this.#spec.name;
  }

  /** Starts it and waits until it serves. Throws a Sentence where it does not come to that. */
  async start(): Promise<void> {
    keepLogShort(this.#logFile);
    this.#spawn();
    for (let waited = 0; waited < START_MS; waited += 50) {
      if (this.#ending || this.#ends >= TRIES_TO_START) break;
      if (this.#child && (await isWell(this.#spec.health))) {
        this.#served = true;
        return;
      }
      await sleep(50);
    }
    if (!this.#ending) throw new Sentence(`The part "${this.name}" did not start; ${this.#logFile} says why.`);
  }

  /** Ends waiting and restarting, at once; `stop` ends the process. */
  giveUp(): void {
    this.#ending = true;
    if (this.#restart) clearTimeout(this.#restart);
  }

  async stop(): Promise<void> {
    this.giveUp();
    await endNoted(this.#pidFile, STOP_MS);
  }

  get #logFile(): string {
    return join(this.#folder.logs, `${this.name}.log`);
  }

  get #pidFile(): string {
    return join(this.#folder.run, `${this.name}.pid`);
  }

  #spawn(): void {
    const since = Date.now();
    const log = openSync(this.#logFile, 'a', 0o600);
    // Detached: Ctrl-C is sent to a terminal's whole group, and the order in which things end is ours to keep.
    const child = spawn(process.execPath, [this.#spec.main], {
      cwd: this.#folder.home,
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...inherited(), ...this.#spec.settings, CRASHKEEP_DATABASE_URL_FILE: this.#databaseUrlFile },
    });
    closeSync(log);
    this.#child = child;
    if (child.pid !== undefined) notePid(this.#pidFile, child.pid);
    child.once('error', () => {
      this.#ended(since, 'could not be run');
    });
    child.once('exit', (code, signal) => {
      this.#ended(since, signal ?? `exit code ${String(code)}`);
    });
  }

  get #databaseUrlFile(): string {
    return join(this.#folder.secrets, `${this.#spec.role}-url`);
  }

  #ended(since: number, how: string): void {
    this.#child = null;
    if (this.#ending) return;
    this.#ends = Date.now() - since > STEADY_MS ? 1 : this.#ends + 1;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (this.#ends - 1), LONGEST_PAUSE_MS);
    if (this.#served) this.#say(`${this.name} ended by itself (${how}) and is started again; see ${this.#logFile}`);
    this.#restart = setTimeout(() => {
      this.#spawn();
    }, pause);
  }
}

/** What a program needs to run at all; nothing else of our environment reaches an app. */
function inherited(): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'NODE_EXTRA_CA_CERTS'];
  const present = names.filter((name) => process.env[name] !== undefined);
  return { NODE_ENV: 'production', ...Object.fromEntries(present.map((name) => [name, process.env[name]])) };
}

function keepLogShort(file: string): void {
  if (existsSync(file) && statSync(file).size > LOG_BYTES_MAX) renameSync(file, `${file}.1`);
}
