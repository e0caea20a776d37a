import { closeSync, existsSync, openSync, readdirSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

export const IMAGE_BYTES = 256 * 1024 * 1024;
const root = fileURLToPath(new URL('../../', import.meta.url));
const corpus = join(process.env.CRASHKEEP_SHARED ?? join(root, '../shared'), 'corpus');
const LIBRARIES = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib', '/lib'];

/** Memory of six processes (the labelled corpus), then programs and libraries of this machine, as a process maps them: 256 MiB in one file. */
export function writeImage(path) {
  const file = openSync(path, 'w');
  let left = IMAGE_BYTES;
  try {
    for (const bytes of contents()) {
      left -= writeSync(file, bytes, 0, Math.min(left, bytes.length));
      if (left === 0) return;
    }
    throw new Error(`bench/screen: this machine has ${left} bytes too few to make an image of`);
  } finally {
    closeSync(file);
  }
}

function* contents() {
  if (existsSync(corpus)) {
    for (const name of readdirSync(corpus).filter((file) => file.endsWith('.core.gz'))) {
      yield gunzipSync(readFileSync(join(corpus, name)));
    }
  } else console.error('the corpus is not here (CRASHKEEP_SHARED names its folder): the image is of programs alone');
  yield readFileSync(process.execPath);
  for (const folder of LIBRARIES.filter((path) => existsSync(path))) {
    for (const name of readdirSync(folder).filter((file) => file.includes('.so'))) {
      const path = join(folder, name);
      if (statSync(path, { throwIfNoEntry: false })?.isFile()) yield readFileSync(path);
    }
  }
}
