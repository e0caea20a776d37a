import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** How a child is started behind walls of its own namespaces: the words before the command, none where the machine does not allow it. */
export interface Isolation {
  readonly network: boolean;
  readonly mounts: boolean;
  readonly prefix: readonly string[];
}

const UNSHARE = ['/usr/bin/unshare', '/bin/unshare'].find((path) => existsSync(path));

/** From most to least: as root, then as a user where the kernel lets users make namespaces. */
const ATTEMPTS: readonly (Omit<Isolation, 'prefix'> & { readonly flags: readonly string[] })[] = [
  { network: true, mounts: true, flags: ['--net', '--mount', '--ipc'] },
  { network: true, mounts: true, flags: ['--map-root-user', '--net', '--mount', '--ipc'] },
  { network: true, mounts: false, flags: ['--net'] },
  { network: true, mounts: false, flags: ['--map-root-user', '--net'] },
];

let detected: Isolation | null = null;

/** Tried once a process. */
export function detectIsolation(): Isolation {
  detected ??= tryIsolation();
  return detected;
}

function tryIsolation(): Isolation {
  for (const { flags, ...walls } of UNSHARE === undefined ? [] : ATTEMPTS) {
    const prefix = [UNSHARE ?? '', ...flags, '--'];
    const [command, ...args] = [...prefix, '/bin/true'];
    if (spawnSync(command, args, { stdio: 'ignore', timeout: 5000 }).status === 0) return { ...walls, prefix };
  }
  return { network: false, mounts: false, prefix: [] };
}
