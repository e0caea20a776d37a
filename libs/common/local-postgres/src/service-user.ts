import { execFileSync } from 'node:child_process';
import { LocalPostgresError } from './local-postgres-error.js';

/** Who runs the server. PostgreSQL refuses to run as root, so root lends it the user `postgres`. */
export interface ServiceUser {
  readonly uid: number;
  readonly gid: number;
}

const NAME = 'postgres';

/** Null when we are not root: then the server runs as ourselves. Makes the user where there is none. */
export function serviceUser(): ServiceUser | null {
  if (process.getuid?.() !== 0) return null;
  const known = lookUp();
  if (known) return known;
  try {
    execFileSync('useradd', ['--system', '--no-create-home', '--user-group', '--shell', '/usr/sbin/nologin', NAME], {
      stdio: 'pipe',
    });
  } catch {
    throw new LocalPostgresError('postgres.no-service-user');
  }
  const made = lookUp();
  if (!made) throw new LocalPostgresError('postgres.no-service-user');
  return made;
}

function lookUp(): ServiceUser | null {
  try {
    const id = (flag: string): number =>
      Number(execFileSync('id', [flag, NAME], { stdio: 'pipe', encoding: 'utf8' }).trim());
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return null;
  }
}
