import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import type { Finding, ScreenResult } from '@crashkeep/screen';
import { coveredBytes, type Range, sizeOf, unionOf } from './covered-bytes.js';
import type { Label, Plant } from './ground-truth.js';

/** Counted: `of` so many, `found`. */
export interface Tally {
  found: number;
  of: number;
}

export interface DumpScore {
  readonly keys: readonly { readonly id: string; readonly kind: string; readonly found: boolean }[];
  readonly forms: ReadonlyMap<string, Tally>;
  /** Bytes of all labelled private occurrences, and those of them that findings cover. */
  readonly copies: Tally;
  readonly byLevel: readonly number[];
}

/** Labels that tell public values, which are not to be found. */
const PUBLIC_FORM = /^rsa-n-|pub04$|^okp-pub$/;
const TELLING_LEVEL = 2;

export function scoreDump(labels: readonly Label[], plants: readonly Plant[], result: ScreenResult): DumpScore {
  const telling = result.findings.filter(({ level }) => level >= TELLING_LEVEL);
  const covered = unionOf(telling.map(({ offset, length }) => ({ from: offset, to: offset + length })));
  const hidden = labels.filter(({ rep }) => !PUBLIC_FORM.test(rep));
  const union = unionOf(hidden.filter(({ kind }) => kind !== 'token' && kind !== 'raw').map(rangeOf));
  return {
    keys: plants.map((plant) => ({
      id: plant.id,
      kind: plant.kind,
      found: isFound(plant, hidden, telling, covered),
    })),
    forms: formTallies(hidden, covered),
    copies: { found: union.reduce((sum, range) => sum + coveredBytes(range, covered), 0), of: sizeOf(union) },
    byLevel: [0, 1, 2, 3, 4, 5].map((level) => result.findings.filter((finding) => finding.level === level).length),
  };
}

/** A key pair by its public half; whatever else by one of its labelled occurrences, whole. */
function isFound(
  plant: Plant,
  labels: readonly Label[],
  telling: readonly Finding[],
  covered: readonly Range[],
): boolean {
  if (plant.pkcs8 !== undefined) {
    const spki = spkiOf(plant.pkcs8);
    return telling.some((finding) => finding.public?.spki === spki);
  }
  return labels.some((label) => label.plant === plant.id && coveredBytes(rangeOf(label), covered) === label.len);
}

function spkiOf(pkcs8: string): string {
  const key = createPrivateKey({ key: Buffer.from(pkcs8, 'hex'), format: 'der', type: 'pkcs8' });
  return createHash('sha256')
    .update(createPublicKey(key).export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

function formTallies(labels: readonly Label[], covered: readonly Range[]): Map<string, Tally> {
  const forms = new Map<string, Tally>();
  for (const label of labels) {
    const name = `${label.kind} ${label.rep}`;
    const tally = forms.get(name) ?? { found: 0, of: 0 };
    tally.of += 1;
    if (coveredBytes(rangeOf(label), covered) >= 0.99 * label.len) tally.found += 1;
    forms.set(name, tally);
  }
  return forms;
}

function rangeOf({ offset, len }: Label): Range {
  return { from: offset, to: offset + len };
}
