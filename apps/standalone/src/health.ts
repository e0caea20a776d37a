import { request } from 'node:http';
import { connect } from 'node:net';
import type { Health } from './app-table.js';

const PATIENCE_MS = 2_000;

/** Whether the app serves now. What has no door counts as well while it lives. */
export async function isWell(health: Health): Promise<boolean> {
  if (health.kind === 'http') return answersHealthz(health.port, health.host);
  return health.kind === 'socket' ? accepts(health.path) : true;
}

/** To loopback by number: not every resolver knows room.localhost, which browsers resolve themselves. */
function answersHealthz(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const headers = { host: `${host}:${String(port)}`, connection: 'close' };
    const asked = request({ host: '127.0.0.1', port, path: '/healthz', headers, timeout: PATIENCE_MS }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => {
      resolve(false);
    });
    asked.end();
  });
}

function accepts(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(path, () => {
      connection.destroy();
      resolve(true);
    });
    connection.on('error', () => {
      resolve(false);
    });
  });
}
