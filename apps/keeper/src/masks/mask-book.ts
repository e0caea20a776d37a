import { type KeyObject, createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AccessError } from '@crashkeep/access';
import { isCode } from '@crashkeep/platform';
import { type MaskStatement, type StrictRows, findMask, isDetectorSet, verifiedMask } from '@crashkeep/strict-store';
import { z } from 'zod';

/** What the database tells of a dump's masks in the view that a read is judged by. */
export const MaskCase = z.object({
  /** Of the newest set; null where the dump was never screened. */
  mask: z.uuid().nullable(),
  mask_epoch: z.int(),
  detector_sets: z.array(z.object({ number: z.int(), signature: z.string() })),
});
export type MaskCase = z.infer<typeof MaskCase>;

/** A mask whose signature is the workers'. */
export interface DumpMask {
  readonly id: string;
  readonly epoch: number;
  readonly statement: MaskStatement;
  /** False where newer detectors run here than those that screened the dump: then nothing of it counts as searched. */
  readonly isCurrent: boolean;
}

/** Masks are read and verified once; a set is never changed. */
const KEPT_MAX = 2_000;

/**
 * The workers' masks as this keeper verifies them, by the key that stands in its own configuration. The number of the newest
 * detectors only rises: a row that is taken away does not bring older masks back while this process lives.
 */
export class MaskBook {
  readonly #keyFile: string;
  readonly #masks = new Map<string, MaskStatement>();
  #key: KeyObject | null = null;
  #newest = 0;

  constructor(keyFile: string) {
    this.#keyFile = keyFile;
  }

  /** Throws `access.mask-missing` or `access.mask-unsound`: without a mask nobody knows what a byte is. */
  async of(
    rows: StrictRows,
    dump: { readonly id: string; readonly project: string },
    found: MaskCase,
  ): Promise<DumpMask> {
    if (found.mask === null) throw new AccessError('access.mask-missing');
    const key = await this.#publicKey();
    for (const { number, signature } of found.detector_sets) {
      if (number > this.#newest && isDetectorSet(number, signature, key)) this.#newest = number;
    }
    const statement = await this.#verified(rows, found.mask, key);
    if (statement.dump !== dump.id || statement.project !== dump.project) throw new AccessError('access.mask-unsound');
    const isCurrent = statement.detectors >= this.#newest;
    return { id: found.mask, epoch: found.mask_epoch, statement, isCurrent };
  }

  async #verified(rows: StrictRows, id: string, key: KeyObject): Promise<MaskStatement> {
    const known = this.#masks.get(id);
    if (known !== undefined) return known;
    const row = await findMask(rows, id);
    const statement = row === null ? null : verifiedMask(row.statement, row.signature, key);
    if (statement === null) throw new AccessError('access.mask-unsound');
    if (this.#masks.size >= KEPT_MAX) this.#masks.clear();
    this.#masks.set(id, statement);
    return statement;
  }

  async #publicKey(): Promise<KeyObject> {
    try {
      this.#key ??= createPublicKey(await readFile(this.#keyFile));
      return this.#key;
    } catch (error) {
      // The first worker writes it: until then nothing was screened.
      if (isCode(error, 'ENOENT')) throw new AccessError('access.mask-missing');
      throw error;
    }
  }
}
