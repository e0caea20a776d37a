import { refused } from '@crashkeep/platform';
import {
  type DynamicModule,
  Module,
  StandardSchemaSerializerInterceptor,
  StandardSchemaValidationPipe,
} from '@nestjs/common';
import { APP_INTERCEPTOR, APP_PIPE, Reflector } from '@nestjs/core';
import { AlertsController } from './alerts/alerts.controller.js';
import { CONSOLE, type Console } from './console.js';
import { GroupActsController } from './crashes/group-acts.controller.js';
import { SignatureController } from './crashes/signature.controller.js';
import { ViewsController } from './views/views.controller.js';
import { GroupsController } from './crashes/groups.controller.js';
import { ReportsController } from './crashes/reports.controller.js';
import { EventsController } from './events/events.controller.js';
import { PeopleController } from './people/people.controller.js';
import { ProjectRulesController } from './projects/project-rules.controller.js';
import { ProjectSettingsController } from './projects/project-settings.controller.js';
import { ProjectsController } from './projects/projects.controller.js';
import { SearchController } from './search/search.controller.js';
import { InvitationsController } from './session/invitations.controller.js';
import { LocalSignIn } from './session/local-sign-in.js';
import { SessionController } from './session/session.controller.js';
import { TopController } from './top/top.controller.js';
import { TokensController } from './tokens/tokens.controller.js';

/** Every route of the console. What comes in and what goes out passes a schema. */
@Module({})
export class ConsoleModule {
  static of(console: Console): DynamicModule {
    return {
      module: ConsoleModule,
      controllers: [
        SessionController,
        InvitationsController,
        ProjectsController,
        ProjectSettingsController,
        ProjectRulesController,
        TopController,
        SearchController,
        GroupsController,
        SignatureController,
        GroupActsController,
        ViewsController,
        ReportsController,
        EventsController,
        PeopleController,
        TokensController,
        AlertsController,
      ],
      providers: [
        LocalSignIn,
        { provide: CONSOLE, useValue: console },
        {
          provide: APP_PIPE,
          useFactory: () => new StandardSchemaValidationPipe({ exceptionFactory: refused.malformed }),
        },
        {
          provide: APP_INTERCEPTOR,
          useFactory: (reflector: Reflector) => new StandardSchemaSerializerInterceptor(reflector),
          inject: [Reflector],
        },
      ],
    };
  }
}
