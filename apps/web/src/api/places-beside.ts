import type { Places } from './wire.js';

/** Where a vault on one machine has its other two origins: the next ports, the room at a host of its own. */
export function placesBeside(console: URL): Places {
  const port = Number(console.port === '' ? (console.protocol === 'https:' ? 443 : 80) : console.port);
  const beside = (host: string, offset: number): string => `${console.protocol}//${host}:${String(port + offset)}`;
  return { room: beside(`room.${console.hostname}`, 1), ingest: beside(console.hostname, 2) };
}
