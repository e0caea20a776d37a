import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { type Authenticator, bootHttpApp } from '@crashkeep/platform';
import { IngestModule } from './ingest-module.js';
import type { Intake } from './intake.js';

/** A client that is silent for this long has gone. */
const SILENCE_MS = 120_000;
/** A full dump over a slow line takes its time; Node's own five minutes would cut it off. */
const UPLOAD_MS = 6 * 3600 * 1000;

/** Nobody signs in here, and tokens are read by the handlers: clients put them in many places. */
const NOBODY: Authenticator = { bySession: () => Promise.resolve(null), byToken: () => Promise.resolve(null) };

/** Starts to listen; resolves when it does. */
export async function bootIngest(
  intake: Intake,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<NestExpressApplication> {
  const app = await bootHttpApp({
    module: IngestModule.of(intake),
    log: intake.log,
    host,
    port,
    door: { cookie: '__Host-crashkeep-ingest', origin: intake.publicUrl },
    authenticator: NOBODY,
    healthy: () => canServe(intake),
    jsonLimit: null,
  });
  const server: Server = app.getHttpServer();
  server.requestTimeout = UPLOAD_MS;
  server.setTimeout(SILENCE_MS);
  return app;
}

/** Stores that answer or a spool with room, and somebody to seal to: at a first start the keeper needs a moment to sign. */
async function canServe({ store, dumps, symbols, recipients, spool }: Intake): Promise<boolean> {
  const asked = Promise.all([store.check(), dumps.check(), symbols.check()]);
  await (spool?.hasRoom === true ? asked.catch(() => undefined) : asked);
  return recipients.isOpen();
}
