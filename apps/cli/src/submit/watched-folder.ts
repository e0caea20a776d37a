import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FileStamp } from './sent-files.js';

/**
 * Where dumps appear: of a Crashpad database its `pending` folder, else the folder itself. Both Crashpad and systemd-coredump move a
 * file in when it is whole; what they still write has a name that begins with a dot or lies elsewhere.
 */
export function dumpFolderOf(folder: string): string {
  const pending = join(folder, 'pending');
  return existsSync(pending) ? pending : folder;
}

/** `core.<comm>.<uid>.<boot>.<pid>.<time>`, maybe packed. lz4 and xz, which older systems use, are told of, not sent. */
const DUMP_NAME = /^(?:.+\.dmp|core\..+)$/;

/** Dumps that lie there now, by name. Throws where the folder cannot be read. */
export function dumpsIn(folder: string): FileStamp[] {
  const stamps: FileStamp[] = [];
  for (const name of readdirSync(folder).sort()) {
    const stat = DUMP_NAME.test(name) ? statSync(join(folder, name), { throwIfNoEntry: false }) : undefined;
    if (stat?.isFile() === true) stamps.push({ name, bytes: stat.size, mtimeMs: stat.mtimeMs });
  }
  return stamps;
}
