import { refused } from '@crashkeep/platform';
import {
  type DynamicModule,
  Module,
  StandardSchemaSerializerInterceptor,
  StandardSchemaValidationPipe,
} from '@nestjs/common';
import { APP_INTERCEPTOR, APP_PIPE, Reflector } from '@nestjs/core';
import { AuditController } from './audit/audit.controller.js';
import { ProofsController } from './audit/proofs.controller.js';
import { DevicesController } from './devices/devices.controller.js';
import { DumpsController } from './dumps/dumps.controller.js';
import { FindingsController } from './exposure/findings.controller.js';
import { BytesController } from './grants/bytes.controller.js';
import { DecisionsController } from './grants/decisions.controller.js';
import { GrantsController } from './grants/grants.controller.js';
import { ByteRelay } from './grants/read-bytes.js';
import { ReadsController } from './grants/reads.controller.js';
import { RunController } from './grants/run.controller.js';
import { Refusals } from './http/refusals.js';
import { PasskeysController } from './passkeys/passkeys.controller.js';
import { PeopleController } from './people/people.controller.js';
import { PoliciesController } from './policies/policies.controller.js';
import { ProjectsController } from './projects/projects.controller.js';
import { ROOM, type Room } from './room.js';
import { FirstRunController } from './session/first-run.controller.js';
import { LocalSignIn } from './session/local-sign-in.js';
import { RootGate } from './session/root-gate.js';
import { SessionController } from './session/session.controller.js';
import { StatementsController } from './statements/statements.controller.js';

/** Every route of the reading room. What comes in and what goes out passes a schema. */
@Module({})
export class RoomModule {
  static of(room: Room): DynamicModule {
    return {
      module: RoomModule,
      controllers: [
        SessionController,
        FirstRunController,
        PasskeysController,
        PeopleController,
        ProjectsController,
        DumpsController,
        GrantsController,
        DecisionsController,
        RunController,
        BytesController,
        ReadsController,
        AuditController,
        FindingsController,
        ProofsController,
        StatementsController,
        DevicesController,
        PoliciesController,
      ],
      providers: [
        LocalSignIn,
        RootGate,
        { provide: ROOM, useValue: room },
        { provide: ByteRelay, useValue: new ByteRelay(room) },
        {
          provide: APP_PIPE,
          useFactory: () => new StandardSchemaValidationPipe({ exceptionFactory: refused.malformed }),
        },
        // Outermost first: refusals of all that is inside become problems.
        { provide: APP_INTERCEPTOR, useClass: Refusals },
        { provide: APP_INTERCEPTOR, useExisting: RootGate },
        {
          provide: APP_INTERCEPTOR,
          useFactory: (reflector: Reflector) => new StandardSchemaSerializerInterceptor(reflector),
          inject: [Reflector],
        },
      ],
    };
  }
}
