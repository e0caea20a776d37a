import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { CONSOLE_COOKIE } from './console-cookie.js';
import { ConsoleModule } from './console-module.js';
import type { Console } from './console.js';
import { openApiDocument } from './http/openapi-document.js';

/** Prints the API's description. Nothing is opened and nothing listens: routes and schemas are read as they stand. */
async function describe(): Promise<void> {
  const module = ConsoleModule.of({} as Console);
  const app = await NestFactory.create<NestExpressApplication>(module, { preview: true, logger: false });
  process.stdout.write(`${JSON.stringify(openApiDocument(app, CONSOLE_COOKIE), null, 2)}\n`);
}

await describe();
