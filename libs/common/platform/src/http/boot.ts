import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type Express, type Request, type Response } from 'express';
import helmet from 'helmet';
import { type AppLogger, nestLogger } from '../logger.js';
import { DOOR_SETTINGS, Door, type DoorSettings } from './door.js';
import { AUTHENTICATOR, type Authenticator } from './policy.js';
import { ProblemFilter } from './problem-filter.js';
import { requireSafeListening } from './reachable.js';
import { assertEveryRouteHasPolicy } from './route-table.js';
import { serveSinglePage } from './single-page.js';

export interface HttpAppOptions {
  readonly module: Type | DynamicModule;
  readonly log: AppLogger;
  readonly host: string;
  readonly port: number;
  readonly door: DoorSettings;
  readonly authenticator: Authenticator;
  /** True when it can serve; asked by GET /healthz. */
  readonly healthy: () => Promise<boolean>;
  /** Bytes of a JSON body; null leaves every body to the handlers (ingest streams). */
  readonly jsonLimit: number | null;
  /** Folder of the built page, where this origin has one. */
  readonly webRoot?: string | null;
  /** Called with the express server before it listens, for an OpenAPI document and the like. */
  readonly prepare?: (app: NestExpressApplication) => void;
}

@Module({})
class HttpRoot {}

/**
 * Starts an HTTP app behind its door: a policy for each route, closed errors, strict headers, /healthz.
 * Throws where a route has no policy, and where it would listen in the clear on a network.
 */
export async function bootHttpApp(options: HttpAppOptions): Promise<NestExpressApplication> {
  requireSafeListening(options.host, options.door.origin);
  const app = await NestFactory.create<NestExpressApplication>(rootModule(options), {
    bodyParser: false,
    logger: nestLogger(options.log),
    abortOnError: false,
  });
  prepareServer(app, options);
  app.useGlobalFilters(new ProblemFilter(options.log));
  app.enableShutdownHooks();
  assertEveryRouteHasPolicy(app);
  options.prepare?.(app);
  // Before Nest's own: it answers 404 to whatever it has no route for.
  if (options.webRoot != null) serveSinglePage(serverOf(app), options.webRoot);
  await app.init();
  await app.listen(options.port, options.host);
  return app;
}

function rootModule({ module, authenticator, door }: HttpAppOptions): DynamicModule {
  const providers: Provider[] = [
    { provide: AUTHENTICATOR, useValue: authenticator },
    { provide: DOOR_SETTINGS, useValue: door },
    { provide: APP_GUARD, useClass: Door },
  ];
  return { module: HttpRoot, imports: [DiscoveryModule, module], providers };
}

function prepareServer(app: NestExpressApplication, { jsonLimit, healthy }: HttpAppOptions): void {
  const server = serverOf(app);
  server.disable('x-powered-by');
  server.use(strictHeaders());
  server.get('/healthz', (_request: Request, response: Response) => {
    void answerHealth(response, healthy);
  });
  if (jsonLimit !== null) server.use(express.json({ limit: jsonLimit, strict: true, type: 'application/json' }));
}

async function answerHealth(response: Response, healthy: () => Promise<boolean>): Promise<void> {
  const well = await healthy().catch(() => false);
  response
    .status(well ? 200 : 503)
    .type('text/plain')
    .setHeader('cache-control', 'no-store');
  response.send(well ? 'ok\n' : 'cannot serve now\n');
}

/** No script but our own files, no request to anyone else, no frame around us. */
function strictHeaders(): ReturnType<typeof helmet> {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        // Positions of virtual rows and widths of bars are style attributes; they are data of ours, never markup.
        'style-src-attr': ["'unsafe-inline'"],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'manifest-src': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    strictTransportSecurity: false,
  });
}

function serverOf(app: NestExpressApplication): Express {
  const server: unknown = app.getHttpAdapter().getInstance();
  return server as Express;
}
