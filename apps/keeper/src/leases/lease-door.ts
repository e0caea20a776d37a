import type { Server } from 'node:net';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { serveLeases } from '@crashkeep/keeper-wire';
import { ROOMS, type Rooms } from '../rooms.js';
import { LeaseDesk } from './lease-desk.js';

/** The door for workers: a Unix socket of its own, mode 0600, which knows no read. None where the settings name none. */
@Injectable()
export class LeaseDoor implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #rooms: Rooms;
  #server: Server | null = null;

  constructor(@Inject(ROOMS) rooms: Rooms) {
    this.#rooms = rooms;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { leases, store, keys, log } = this.#rooms;
    if (leases === null) return;
    const desk = new LeaseDesk({ store, keys, secondWalksPerHour: leases.secondWalksPerHour });
    this.#server = await serveLeases(leases.socket, {
      lease: async (request) => {
        const answer = await desk.lease(request);
        if ('lease' in answer) log.info('lease.granted', { dump: request.dump });
        else log.info('lease.refused', { dump: request.dump, code: answer.refused });
        return answer;
      },
      failed: (error) => {
        log.error('lease.failed', error);
      },
    });
  }

  onApplicationShutdown(): void {
    this.#server?.close();
  }
}
