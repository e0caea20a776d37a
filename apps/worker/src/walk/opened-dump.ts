import { CHUNK_BYTES, EnvelopeError, chunkCount } from '@crashkeep/envelope';
import { type LeasedDump, type ObjectStore, findRecipientById } from '@crashkeep/strict-store';
import { UnsealedPayload, openHeader } from '@crashkeep/unseal';
import type { AsyncRangeSource } from '@crashkeep/walk';
import type { Rooms } from '../rooms.js';

/** What opening needs: of a dump, or of a part that came beside it and is bound to it. */
export type SealedObject = Pick<
  LeasedDump,
  'id' | 'project' | 'objectKey' | 'sealedBytes' | 'extractionHeader' | 'extractionRecipient'
>;

/** A dump's plaintext by ranges, and how much of it was opened: whole chunks, each once. */
export class OpenedDump implements AsyncRangeSource {
  readonly size: number;
  readonly #payload: UnsealedPayload;
  readonly #opened = new Set<number>();

  private constructor(payload: UnsealedPayload) {
    this.#payload = payload;
    this.size = payload.size;
    // The last chunk proves the size before anything else is read.
    this.#opened.add(chunkCount(payload.size) - 1);
  }

  /** Rejects with an EnvelopeError where no identity opens the header, or an ObjectStoreError. */
  static async open({ store, dumps, keys }: Rooms, dump: SealedObject): Promise<OpenedDump> {
    const recipient = await findRecipientById(store.rows, dump.extractionRecipient);
    const identity = recipient === null ? null : await keys.identityOf(recipient.period);
    if (dump.extractionHeader === null || identity === null) throw new EnvelopeError('envelope.wrong-identity');
    const fileKey = openHeader(dump.extractionHeader, identity, { dump: dump.id, project: dump.project });
    try {
      return new OpenedDump(await UnsealedPayload.open(ciphertextOf(dumps, dump), fileKey));
    } finally {
      fileKey.fill(0);
    }
  }

  get openedBytes(): number {
    const last = chunkCount(this.size) - 1;
    const whole = this.#opened.size - Number(this.#opened.has(last));
    return whole * CHUNK_BYTES + (this.#opened.has(last) ? this.size - last * CHUNK_BYTES : 0);
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = await this.#payload.read(offset, length);
    for (let chunk = Math.floor(offset / CHUNK_BYTES); chunk * CHUNK_BYTES < offset + length; chunk++) {
      this.#opened.add(chunk);
    }
    return bytes;
  }

  /** Wipes the key. */
  close(): void {
    this.#payload.close();
  }
}

function ciphertextOf(dumps: ObjectStore, { objectKey, sealedBytes }: SealedObject) {
  return {
    size: sealedBytes,
    read: (offset: number, length: number) => dumps.read(objectKey, offset, length),
  };
}
