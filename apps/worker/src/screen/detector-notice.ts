import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { appendLeaf } from '@crashkeep/ledger';
import { announceDetectorSet, signDetectorSet } from '@crashkeep/strict-store';
import { ROOMS, type Rooms } from '../rooms.js';

/** Says once, signed, that a set of detectors runs here: from then on what it finds was detectable. */
@Injectable()
export class DetectorNotice implements OnApplicationBootstrap {
  readonly #rooms: Rooms;

  constructor(@Inject(ROOMS) rooms: Rooms) {
    this.#rooms = rooms;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { store, detectors, screenKeys, log } = this.#rooms;
    const { number } = detectors;
    try {
      await store.transaction(async (rows) => {
        const isNew = await announceDetectorSet(rows, number, signDetectorSet(number, screenKeys.maskKey));
        if (isNew) await appendLeaf(rows, 'worker', { act: 'detectors.deployed', detectors: number });
      });
      log.info('screen.detectors', { number, choice: detectors.name });
    } catch (error) {
      // The database is away: whoever records a screening announces it first.
      log.error('screen.detectors-not-announced', error);
    }
  }
}
