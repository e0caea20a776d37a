import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

/** Packages and compiled code go into the clone; where that cannot be, one sentence says so before npm fails at length. */
export function requireWritableClone() {
  const probe = join(root, `.writable-${process.pid}`);
  try {
    writeFileSync(probe, '');
    rmSync(probe);
  } catch {
    console.error(
      `Crashkeep cannot write to ${root}, where it installs and builds. Clone it into a folder that this user may write to and try again.`,
    );
    process.exit(1);
  }
}
