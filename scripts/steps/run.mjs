import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Runs a command in the repository's root with its output shown; gives its exit code. */
export function run(command, args, env = {}) {
  console.log(`> ${command} ${args.join(' ')}`);
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }).status ?? 1;
}

/** Runs a command and ends this process with its code where it fails. */
export function must(command, args, env = {}) {
  const code = run(command, args, env);
  if (code !== 0) process.exit(code);
}
