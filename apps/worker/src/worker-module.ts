import { type DynamicModule, Module } from '@nestjs/common';
import { KeyClock } from './keys/key-clock.js';
import { ReportClock } from './lenient/report-clock.js';
import { JobDesk } from './queue/job-desk.js';
import { Sweeper } from './queue/sweeper.js';
import { ROOMS, type Rooms } from './rooms.js';
import { DetectorNotice } from './screen/detector-notice.js';
import { ScreenDesk } from './screen/screen-desk.js';
import { ConvertDesk } from './symbols/convert-desk.js';
import { SecondWalkDesk } from './walk/second-walk-desk.js';
import { WalkDesk } from './walk/walk-desk.js';

@Module({})
export class WorkerModule {
  static of(rooms: Rooms): DynamicModule {
    return {
      module: WorkerModule,
      providers: [
        { provide: ROOMS, useValue: rooms },
        KeyClock,
        ReportClock,
        WalkDesk,
        SecondWalkDesk,
        ConvertDesk,
        ScreenDesk,
        DetectorNotice,
        JobDesk,
        Sweeper,
      ],
    };
  }
}
