import type { Server } from 'node:net';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { serveKeeper } from '@crashkeep/keeper-wire';
import { spkiOf } from './keys/statement-key.js';
import { ReadDesk } from './read/read-desk.js';
import { RecipientWatch } from './recipients/recipient-watch.js';
import { ROOMS, type Rooms } from './rooms.js';

/** The keeper's only door: a Unix socket of mode 0600. */
@Injectable()
export class KeeperDoor implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #rooms: Rooms;
  readonly #desk: ReadDesk;
  readonly #watch: RecipientWatch;
  #server: Server | null = null;

  constructor(
    @Inject(ROOMS) rooms: Rooms,
    @Inject(ReadDesk) desk: ReadDesk,
    @Inject(RecipientWatch) watch: RecipientWatch,
  ) {
    this.#rooms = rooms;
    this.#desk = desk;
    this.#watch = watch;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { root, keys, socket, log } = this.#rooms;
    this.#server = await serveKeeper(socket, {
      ping: () => Promise.resolve({ root: root.root, statementKey: spkiOf(keys.statementKey) }),
      pinRoot: async (passkey) => {
        await root.pin(passkey);
        return { pinned: true };
      },
      read: (request) => this.#desk.read(request),
      nonce: () => Promise.resolve({ nonce: this.#desk.nonce() }),
      recipients: () => Promise.resolve(this.#watch.status()),
      failed: (error) => {
        log.error('keeper.failed', error);
      },
    });
    log.info('keeper.listens');
  }

  onApplicationShutdown(): void {
    this.#server?.close();
  }
}
