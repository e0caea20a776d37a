import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** What is known of one file: the id it got, or that the vault will not take it. */
export type SentMark = { readonly id: string } | { readonly refused: string };

/** A file as it was when it was sent; written anew under the same name it is another. */
export interface FileStamp {
  readonly name: string;
  readonly bytes: number;
  readonly mtimeMs: number;
}

/** Remembers across restarts what was sent from a folder, in a file of its own, so that nothing goes twice. */
export class SentFiles {
  readonly #path: string;
  readonly #marks: Map<string, SentMark>;

  private constructor(path: string, marks: Map<string, SentMark>) {
    this.#path = path;
    this.#marks = marks;
  }

  /** A state file that is none is an error: to begin anew would send everything again. */
  static open(path: string): SentFiles {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      return new SentFiles(path, new Map());
    }
    return new SentFiles(path, new Map(Object.entries((JSON.parse(text) as { sent: Record<string, SentMark> }).sent)));
  }

  /** Where it lies for a watched folder unless the user says otherwise. */
  static usualPath(folder: string): string {
    const state = process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local/state');
    const name = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 16);
    return join(state, 'crashkeep', `watch-${name}.json`);
  }

  has(stamp: FileStamp): boolean {
    return this.#marks.has(keyOf(stamp));
  }

  add(stamp: FileStamp, mark: SentMark): void {
    this.#marks.set(keyOf(stamp), mark);
    this.#write();
  }

  /** Forgets what is no longer there. */
  keepOnly(stamps: readonly FileStamp[]): void {
    const there = new Set(stamps.map(keyOf));
    const gone = [...this.#marks.keys()].filter((key) => !there.has(key));
    for (const key of gone) this.#marks.delete(key);
    if (gone.length > 0) this.#write();
  }

  #write(): void {
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    writeFileSync(`${this.#path}.new`, JSON.stringify({ sent: Object.fromEntries(this.#marks) }), { mode: 0o600 });
    renameSync(`${this.#path}.new`, this.#path);
  }
}

function keyOf({ name, bytes, mtimeMs }: FileStamp): string {
  return `${name} ${bytes} ${mtimeMs}`;
}
