import { spawnSync } from 'node:child_process';
import { accessSync, chmodSync, chownSync, constants, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ServiceUser, serviceUser } from '@crashkeep/local-postgres';
import { type StateFolder, adminSockets } from '@crashkeep/local-vault';
import { Sentence } from './sentence.js';

/** Linux allows a Unix socket's path 107 bytes. */
const SOCKET_PATH_MAX = 107;

/** Makes the state folder and what is in it, closed to other users. Returns who will run PostgreSQL. */
export function prepareFolder(folder: StateFolder): ServiceUser | null {
  requireShortPath(folder);
  const user = lendUser();
  try {
    makeFolder(folder.home);
    writeFileSync(join(folder.home, '.writable'), '');
    rmSync(join(folder.home, '.writable'));
    // Everything inside is closed; the user postgres only passes through to its own folder.
    chmodSync(folder.home, user ? 0o711 : 0o700);
    const own = [
      folder.objects,
      folder.keeperKeys,
      folder.extractionKeys,
      dirname(folder.statementKey),
      folder.screenKeys,
      dirname(folder.maskKey),
      folder.sequencerKeys,
      folder.spool,
      folder.secrets,
      folder.run,
    ];
    for (const path of [...own, folder.logs, dirname(folder.keeperKeys)]) {
      makeFolder(path);
      chmodSync(path, 0o700);
    }
    makeFolder(folder.postgres);
    if (user) chownSync(folder.postgres, user.uid, user.gid);
  } catch (error) {
    throw unwritable(folder, error);
  }
  requireReachable(folder, user);
  return user;
}

/** Node's own recursive mkdir never returns where a file system answers ENOENT for a new name, as /proc does. */
function makeFolder(path: string, mode = 0o700): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(path) !== path) makeFolder(dirname(path), 0o755);
  mkdirSync(path, { mode });
}

function lendUser(): ServiceUser | null {
  try {
    return serviceUser();
  } catch {
    throw new Sentence(
      'PostgreSQL does not run as root, and no user "postgres" could be made. Make one (useradd --system postgres), or start Crashkeep as another user.',
    );
  }
}

function requireShortPath(folder: StateFolder): void {
  const longest = Math.max(...Object.values(adminSockets(folder, {})).map((path: string) => Buffer.byteLength(path)));
  if (longest <= SOCKET_PATH_MAX) return;
  throw new Sentence(
    `The path of the state folder is too long for sockets (${folder.home}). Set CRASHKEEP_HOME to a shorter one.`,
  );
}

function unwritable(folder: StateFolder, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (!['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 'ENOSPC'].includes(code)) return error;
  if (code === 'ENOSPC')
    return new Sentence(
      `The disk of ${folder.home} is full. Make room, or set CRASHKEEP_HOME to a folder on another disk.`,
    );
  return new Sentence(
    `Crashkeep cannot write to its state folder ${folder.home}. Set CRASHKEEP_HOME to a folder that this user may write to.`,
  );
}

function requireReachable(folder: StateFolder, user: ServiceUser | null): void {
  if (!user) {
    accessSync(folder.postgres, constants.R_OK | constants.W_OK | constants.X_OK);
    return;
  }
  const tried = spawnSync('/bin/sh', ['-c', 'cd "$0"', folder.postgres], { cwd: '/', stdio: 'ignore', ...user });
  if (tried.status === 0) return;
  throw new Sentence(
    `The user postgres, who runs the database when you are root, cannot reach ${folder.home}: a folder above it is closed. Set CRASHKEEP_HOME to a folder that everybody may pass through to, such as /var/lib/crashkeep.`,
  );
}
