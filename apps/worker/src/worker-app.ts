import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { nestLogger } from '@crashkeep/platform';
import type { Rooms } from './rooms.js';
import { WorkerModule } from './worker-module.js';

/** Starts the worker: no HTTP, no socket. Resolves when it takes jobs. */
export async function bootWorker(rooms: Rooms): Promise<INestApplicationContext> {
  const app = await NestFactory.createApplicationContext(WorkerModule.of(rooms), {
    logger: nestLogger(rooms.log),
    abortOnError: false,
  });
  app.enableShutdownHooks();
  return app;
}
