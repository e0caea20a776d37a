import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ByteStream } from './byte-budget.js';

const DRAIN_BYTES = 16 * 1024 * 1024;
const DRAIN_MS = 5_000;

/**
 * The bytes of a request as they come over the wire, for one reader. Stopping in the middle does not tear down the
 * connection: a client that is refused early must be able to read why.
 */
export class RequestBody {
  readonly bytes: ByteStream;
  readonly #pieces: AsyncIterator<Uint8Array>;

  constructor(request: IncomingMessage) {
    this.#pieces = request.iterator({ destroyOnReturn: false });
    // Without `return`: a reader that stops leaves the rest to `drain`.
    this.bytes = { [Symbol.asyncIterator]: () => ({ next: () => this.#pieces.next() }) };
  }

  /**
   * Throws away what still comes, up to a bound. Closing with bytes unread would reset the connection, and with it,
   * at the client, the answer that it has not read yet.
   */
  async drain(): Promise<void> {
    const enough = new AbortController();
    const deadline = sleep(DRAIN_MS, 'deadline' as const, { signal: enough.signal }).catch(() => 'deadline' as const);
    for (let bytes = 0; bytes < DRAIN_BYTES;) {
      const next = await Promise.race([this.#pieces.next().catch(() => 'cut' as const), deadline]);
      if (next === 'deadline' || next === 'cut' || next.done === true) break;
      bytes += next.value.length;
    }
    enough.abort();
  }
}
