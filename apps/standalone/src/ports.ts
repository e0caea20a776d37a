import { createServer } from 'node:net';
import { Sentence } from './sentence.js';

/** The console's port and the two after it. */
export interface Ports {
  readonly console: number;
  readonly room: number;
  readonly ingest: number;
}

const DEFAULT_PORT = 8080;

export function portsFrom(environment: NodeJS.ProcessEnv): Ports {
  const text = environment['CRASHKEEP_PORT'] ?? '';
  const console = text === '' ? DEFAULT_PORT : Number(text);
  if (!Number.isInteger(console) || console < 1 || console > 65_533) {
    throw new Sentence(
      'CRASHKEEP_PORT must be a number from 1 to 65533: the console takes that port, and two more follow it.',
    );
  }
  return { console, room: console + 1, ingest: console + 2 };
}

/** Before anything is started: a browser that asks for localhost tries ::1 first, so a stranger there is in the way as well. */
export async function requireFreePorts(ports: Ports): Promise<void> {
  for (const port of Object.values(ports) as number[]) {
    for (const host of ['127.0.0.1', '::1']) {
      const code = await tryToListen(host, port);
      if (code === 'EADDRINUSE') {
        throw new Sentence(
          `Port ${String(port)} is in use by another program. Stop it, or set CRASHKEEP_PORT to the first of three free ports in a row.`,
        );
      }
      if (code === 'EACCES') {
        throw new Sentence(`This user may not listen on port ${String(port)}. Set CRASHKEEP_PORT to one above 1023.`);
      }
    }
  }
}

/** Null where it worked; a machine without IPv6 has other codes, which are no hindrance. */
function tryToListen(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? 'unknown');
    });
    server.listen({ host, port, exclusive: true }, () => {
      server.close(() => {
        resolve(null);
      });
    });
  });
}
