import { type Binding, Sealing } from '@crashkeep/envelope';
import type { ObjectStore, Recipients, SealedObject } from '@crashkeep/strict-store';
import type { ByteStream } from '../body/byte-budget.js';

/**
 * Seals a stream while it arrives and puts it away under `objectKey`, with a file key of its own. Resolves when the object
 * is durable. One chunk of plaintext is in memory here, and it is wiped, whatever happens.
 */
export async function putSealed(
  objects: Pick<ObjectStore, 'put'>,
  objectKey: string,
  plaintext: ByteStream,
  to: { readonly binding: Binding; readonly recipients: Recipients },
): Promise<SealedObject> {
  const sealing = new Sealing(to.binding, {
    vault: to.recipients.vault.recipient,
    extraction: to.recipients.extraction.recipient,
  });
  let plainBytes = 0;
  async function* sealed(): AsyncGenerator<Uint8Array> {
    for await (const piece of plaintext) {
      plainBytes += piece.length;
      yield* sealing.pieces(piece);
    }
    yield sealing.final();
  }
  try {
    const { bytes } = await objects.put(objectKey, sealed());
    return { objectKey, plainBytes, sealedBytes: bytes, headers: sealing.headers };
  } finally {
    sealing.abandon();
  }
}
