import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A child is plain Node and runs what `tsc -b` made: specs of this folder test sources, and that. */
export function requireCompiledChild(): void {
  if (!existsSync(fileURLToPath(new URL('../../dist/child/main.js', import.meta.url)))) {
    throw new Error('The child is not compiled. Run: npx tsc -b libs/strict/walk');
  }
}
