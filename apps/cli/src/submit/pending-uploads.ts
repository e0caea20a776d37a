import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Under what the vault knows one upload, however often it is begun. */
export interface PendingUpload {
  /** A random UUID. */
  readonly key: string;
  /** Once the vault has it, and nothing more is to be done here. */
  readonly forget: () => void;
}

/**
 * Names of uploads that are under way, a file each, so that a process that comes after a killed one goes on with the same name: what the
 * vault has by then it does not store again. A file that was written anew is another upload.
 */
export class PendingUploads {
  readonly #folder: string;

  constructor(folder = PendingUploads.usualFolder()) {
    this.#folder = folder;
  }

  static usualFolder(): string {
    return join(process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local/state'), 'crashkeep', 'uploads');
  }

  /** Throws what reading the file's facts throws. Where no state can be kept, a name holds for this process alone. */
  begin(path: string, origin: string): PendingUpload {
    const { size, mtimeMs, ino } = statSync(path);
    const facts = JSON.stringify([realpathSync(path), size, mtimeMs, ino, origin]);
    const place = join(this.#folder, createHash('sha256').update(facts).digest('hex').slice(0, 32));
    const key = this.#keyIn(place) ?? randomUUID();
    return {
      key,
      forget: () => {
        rmSync(place, { force: true });
      },
    };
  }

  /** The name that stands there, or a new one that now does; null where neither can be. */
  #keyIn(place: string): string | null {
    const fresh = randomUUID();
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      // Fails where it is there: of two that begin at once, one writes and both read the same.
      writeFileSync(place, fresh, { mode: 0o600, flag: 'wx', flush: true });
      return fresh;
    } catch {
      return keyOf(place);
    }
  }
}

function keyOf(place: string): string | null {
  try {
    const text = readFileSync(place, 'utf8');
    return /^[0-9a-f-]{36}$/.test(text) ? text : null;
  } catch {
    return null;
  }
}
