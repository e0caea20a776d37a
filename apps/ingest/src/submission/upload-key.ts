import type { IncomingMessage } from 'node:http';
import { IngestError } from '../ingest-error.js';

const HEADER = 'crashkeep-upload';
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * A random UUID of the client's own in `Crashkeep-Upload`: it sends the same with each try of one upload, so that a try whose answer
 * was lost is not stored twice. Null where there is none. Throws `ingest.malformed-upload-key`.
 */
export function uploadKeyOf({ headers }: IncomingMessage): string | null {
  const value = headers[HEADER];
  if (value === undefined) return null;
  if (typeof value !== 'string' || !UUID.test(value)) throw new IngestError('ingest.malformed-upload-key');
  return value.toLowerCase();
}
