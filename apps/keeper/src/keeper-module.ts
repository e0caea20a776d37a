import { type DynamicModule, Module } from '@nestjs/common';
import { HouseClock } from './clock/house-clock.js';
import { KeeperDoor } from './keeper-door.js';
import { LeaseDoor } from './leases/lease-door.js';
import { ReadDesk } from './read/read-desk.js';
import { RecipientWatch } from './recipients/recipient-watch.js';
import { ROOMS, type Rooms } from './rooms.js';

@Module({})
export class KeeperModule {
  static of(rooms: Rooms): DynamicModule {
    return {
      module: KeeperModule,
      providers: [
        { provide: ROOMS, useValue: rooms },
        { provide: ReadDesk, useValue: new ReadDesk(rooms) },
        { provide: RecipientWatch, useValue: new RecipientWatch(rooms) },
        HouseClock,
        KeeperDoor,
        LeaseDoor,
      ],
    };
  }
}
