/** Bytes of an answer that are zeros because nobody may see what is there. */
export interface Mask {
  readonly at: number;
  readonly length: number;
  readonly cause: MaskCause;
}

/** `secret`: the screen found something. `unsearched`: the present detectors have not looked. */
export type MaskCause = 'secret' | 'unsearched';

/** Of the header `x-crashkeep-masks`: `at+length`, with `?` behind for what was not searched, by commas. */
export function parseMasks(header: string | null): Mask[] {
  return (header ?? '').split(',').flatMap((word) => {
    const found = /^(\d{1,9})\+(\d{1,9})(\??)$/.exec(word);
    if (found === null) return [];
    return [{ at: Number(found[1]), length: Number(found[2]), cause: found[3] === '?' ? 'unsearched' : 'secret' }];
  });
}

export function maskedAt(masks: readonly Mask[], at: number): MaskCause | null {
  return masks.find((mask) => mask.at <= at && at < mask.at + mask.length)?.cause ?? null;
}

export const MASK_WORDS: Readonly<Record<MaskCause, string>> = {
  secret: 'masked: the screen found something here that nobody may see',
  unsearched: 'masked: the present detectors have not looked here',
};
