import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { nestLogger } from '@crashkeep/platform';
import { KeeperModule } from './keeper-module.js';
import type { Rooms } from './rooms.js';

/** Starts the keeper: no HTTP, one socket, one clock. Resolves when it listens. */
export async function bootKeeper(rooms: Rooms): Promise<INestApplicationContext> {
  const app = await NestFactory.createApplicationContext(KeeperModule.of(rooms), {
    logger: nestLogger(rooms.log),
    abortOnError: false,
  });
  app.enableShutdownHooks();
  return app;
}
