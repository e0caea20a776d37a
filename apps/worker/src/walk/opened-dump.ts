import { CHUNK_BYTES, EnvelopeError, chunkCount } from '@crashkeep/envelope';
import { type LeasedDump, type ObjectStore, findRecipientById } from '@crashkeep/strict-store';
import { UnsealedPayload, openHeader } from '@crashkeep/unseal';
import type { AsyncRangeSource } from '@crashkeep/walk';
import type { Rooms } from '../rooms.js';

/** A dump's plaintext by ranges, and how much of it was opened: whole chunks, for that is what is decrypted. */
export class OpenedDump implements AsyncRangeSource {
  readonly size: number;
  readonly #payload: UnsealedPayload;
  #openedBytes: number;

  private constructor(payload: UnsealedPayload) {
    this.#payload = payload;
    this.size = payload.size;
    // The last chunk proves the size before anything else is read.
    this.#openedBytes = payload.size - (chunkCount(payload.size) - 1) * CHUNK_BYTES;
  }

  /** Rejects with an EnvelopeError where no identity opens the header, or an ObjectStoreError. */
  static async open({ store, dumps, keys }: Rooms, dump: LeasedDump): Promise<OpenedDump> {
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
    return this.#openedBytes;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = await this.#payload.read(offset, length);
    if (length > 0) {
      const first = Math.floor(offset / CHUNK_BYTES) * CHUNK_BYTES;
      this.#openedBytes += Math.min(Math.ceil((offset + length) / CHUNK_BYTES) * CHUNK_BYTES, this.size) - first;
    }
    return bytes;
  }

  /** Wipes the key. */
  close(): void {
    this.#payload.close();
  }
}

function ciphertextOf(dumps: ObjectStore, { objectKey, sealedBytes }: LeasedDump) {
  return {
    size: sealedBytes,
    read: (offset: number, length: number) => dumps.read(objectKey, offset, length),
  };
}
