import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

const Label = z.object({
  dump: z.string(),
  plant: z.string(),
  kind: z.string(),
  rep: z.string(),
  offset: z.number(),
  len: z.number(),
});
const Plant = z.object({ id: z.string(), kind: z.string(), pkcs8: z.string().optional() });

/** One occurrence of one representation of something planted. */
export type Label = z.infer<typeof Label>;
/** What was put into a process; `pkcs8` in hex where it is a key pair. */
export type Plant = z.infer<typeof Plant>;

export interface GroundTruth {
  readonly labels: readonly Label[];
  plants(dump: string): readonly Plant[];
}

const BLOCK = 512;

export function readGroundTruth(corpus: string): GroundTruth {
  const files = untar(gunzipSync(readFileSync(join(corpus, 'ground-truth.tar.gz'))));
  const json = (name: string): unknown => JSON.parse(files.get(name)?.toString() ?? '[]');
  return {
    labels: z.array(Label).parse(json('labels.json')),
    plants: (dump) => z.array(Plant).parse(json(`${dump}.plants.json`)),
  };
}

/** Files of a ustar archive by their leaf names. */
function untar(archive: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (let at = 0; at + BLOCK <= archive.length;) {
    const text = (from: number, to: number) => archive.toString('latin1', at + from, at + to).replace(/\0[^]*$/, '');
    const size = Number.parseInt(text(124, 136), 8);
    if (Number.isNaN(size)) break;
    const start = at + BLOCK;
    files.set(text(0, 100).replace(/^.*\//, ''), archive.subarray(start, start + size));
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}
