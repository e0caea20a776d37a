/** S3 wants 5 MiB or more of every part but the last. */
const FIRST_PART_BYTES = 5 * 1024 * 1024;
/** S3 takes 10,000 parts. Growing by 5 MiB each 500 parts holds 525 GB of one object, and most objects need one part. */
const PARTS_OF_ONE_SIZE = 500;

interface Part {
  readonly part: Buffer;
  readonly last: boolean;
}

/** Gathers a stream into parts: at least one, perhaps empty; all but the last full. */
export async function* inParts(source: AsyncIterable<Uint8Array>): AsyncGenerator<Part> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  let number = 1;
  for await (const piece of source) {
    if (piece.length === 0) continue;
    // Only when more has come is a full part known not to be the last one.
    if (bytes >= partBytes(number)) {
      yield { part: Buffer.concat(waiting, bytes), last: false };
      [waiting, bytes] = [[], 0];
      number += 1;
    }
    waiting.push(piece);
    bytes += piece.length;
  }
  yield { part: Buffer.concat(waiting, bytes), last: true };
}

function partBytes(number: number): number {
  return FIRST_PART_BYTES * (1 + Math.floor((number - 1) / PARTS_OF_ONE_SIZE));
}
