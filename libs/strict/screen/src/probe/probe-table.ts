import type { CopyOwner } from '../copies/copy-table.js';
import type { PatternTable } from '../copies/pattern-table.js';
import { derivedScalars } from '../ec/derive-scalars.js';
import type { SeenScalar } from '../ec/scalar-pool.js';
import type { Job } from '../job/job.js';
import { bytesOf } from '../keys/big.js';
import { usualPrimeExponent } from '../keys/rsa-key.js';
import type { Secret } from '../keys/secret.js';
import type { SeenNumber } from '../rsa/number-pool.js';
import { type Shield, shieldedHeads } from '../ssh/shielded-keys.js';

/** What it proves when its bytes are met. */
export type Probe =
  | { readonly proves: 'scalar'; readonly secret: Secret; readonly seen: SeenScalar }
  | { readonly proves: 'prime'; readonly seen: SeenNumber; readonly exponent: bigint }
  | { readonly proves: 'seed'; readonly point: Uint8Array }
  | { readonly proves: 'shielded'; readonly shield: Shield }
  | CopyOwner;

/** The second pass: what must be somewhere in the dump if a candidate of the first is what it may be. */
export function addProbes(
  table: PatternTable<Probe>,
  job: Job,
  lonePrimes: readonly SeenNumber[],
  about: { readonly searchedBytes: number; readonly controlsAt: number },
): void {
  const add = (bytes: Uint8Array, owner: Probe) => {
    const pattern = { bytes, anchorFrom: 0, anchorTo: 8, stride: 8, least: bytes.length, owner };
    if (!table.add(pattern)) job.coverage.skip('curve-scalar', 'candidate-budget');
  };
  for (const shield of job.shields.shields) {
    for (const head of shieldedHeads(shield)) add(head, { proves: 'shielded', shield });
  }
  for (const point of job.scalars.points) add(point, { proves: 'seed', point });
  for (const seen of lonePrimes) addExponents(seen, add);
  for (const { secret, bytes, seen } of derivedScalars(job, about.searchedBytes, about.controlsAt))
    add(bytes, { proves: 'scalar', secret, seen });
}

type Add = (bytes: Uint8Array, owner: Probe) => void;

/** A prime whose private exponent lies in the same dump is one of a key, whoever has the modulus. */
function addExponents(seen: SeenNumber, add: Add): void {
  const exponent = usualPrimeExponent(seen.value);
  if (exponent === null) return;
  const big = bytesOf(exponent);
  const owner: Probe = { proves: 'prime', seen, exponent };
  if (big.length % 4 === 0) add(Uint8Array.from(Buffer.from(big).swap32()), owner);
  add(big, owner);
  add(Uint8Array.from(big).reverse(), owner);
}
