import { bootHttpApp } from '@crashkeep/platform';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { roomAuthenticator } from './authenticator.js';
import { openApiDocument } from './http/openapi-document.js';
import { RoomModule } from './room-module.js';
import { ROOM_COOKIE, type Room } from './room.js';

/** Bytes of a JSON body: the largest is a passkey's answer. */
const JSON_LIMIT = 64 * 1024;

export interface RoomPlace {
  readonly host: string;
  readonly port: number;
  /** Folder of the built page. */
  readonly webRoot: string | null;
}

/** Starts to listen; resolves when it does. Throws where a route has no policy. */
export async function bootRoom(room: Room, { host, port, webRoot }: RoomPlace): Promise<NestExpressApplication> {
  return bootHttpApp({
    module: RoomModule.of(room),
    log: room.log,
    host,
    port,
    door: { cookie: ROOM_COOKIE, origin: room.party.origin },
    authenticator: roomAuthenticator(room),
    healthy: () => canServe(room),
    jsonLimit: JSON_LIMIT,
    webRoot,
    prepare,
  });
}

async function canServe({ strict, identity, keeper }: Room): Promise<boolean> {
  await Promise.all([strict.check(), identity.check(), keeper.ping()]);
  return true;
}

function prepare(app: NestExpressApplication): void {
  app.use('/api', (_request: Request, response: Response, next: NextFunction) => {
    response.setHeader('cache-control', 'no-store');
    next();
  });
  const document = JSON.stringify(openApiDocument(app));
  app.use('/api/openapi.json', (_request: Request, response: Response) => {
    response.type('application/json').send(document);
  });
}
