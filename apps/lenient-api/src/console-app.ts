import { bootHttpApp } from '@crashkeep/platform';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { consoleAuthenticator } from './authenticator.js';
import { CONSOLE_COOKIE } from './console-cookie.js';
import { ConsoleModule } from './console-module.js';
import type { Console } from './console.js';
import { callLimits } from './http/rate-limits.js';
import { openApiDocument } from './http/openapi-document.js';

/** Bytes of a JSON body: the largest is a list of roles. */
const JSON_LIMIT = 256 * 1024;

export interface ConsolePlace {
  readonly host: string;
  readonly port: number;
  /** Folder of the built page. */
  readonly webRoot: string | null;
}

/** Starts to listen; resolves when it does. Throws where a route has no policy. */
export async function bootConsole(
  console: Console,
  { host, port, webRoot }: ConsolePlace,
): Promise<NestExpressApplication> {
  return bootHttpApp({
    module: ConsoleModule.of(console),
    log: console.log,
    host,
    port,
    door: { cookie: CONSOLE_COOKIE, origin: console.origins.console },
    authenticator: consoleAuthenticator(console),
    healthy: () => canServe(console),
    jsonLimit: JSON_LIMIT,
    webRoot,
    prepare,
  });
}

async function canServe({ store, identity }: Console): Promise<boolean> {
  await Promise.all([store.check(), identity.check()]);
  return true;
}

function prepare(app: NestExpressApplication): void {
  app.use('/api', (_request: Request, response: Response, next: NextFunction) => {
    response.setHeader('cache-control', 'no-store');
    next();
  });
  for (const limit of callLimits()) app.use('/api', limit);
  const document = JSON.stringify(openApiDocument(app, CONSOLE_COOKIE));
  app.use('/api/openapi.json', (_request: Request, response: Response) => {
    response.type('application/json').send(document);
  });
}
