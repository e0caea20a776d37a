import type { IncomingHttpHeaders } from 'node:http';
import { MalformedError } from '../ingest-error.js';
import type { ByteBudget, ByteStream } from './byte-budget.js';
import { gunzip } from './gunzip.js';

/** `form`: parts between boundaries. `raw`: the body is the dump. */
export type Content = { readonly kind: 'form'; readonly boundary: string } | { readonly kind: 'raw' };

/** curl says `x-www-form-urlencoded` of whatever --data-binary sends; the magic decides. */
const RAW_TYPES = new Set(['application/octet-stream', 'application/x-dmp', 'application/x-www-form-urlencoded']);
const FORM_TYPES = new Set(['multipart/form-data', 'multipart/mixed']);
const BOUNDARY = /;\s*boundary=(?:"((?:[^"\\]|\\.){1,200})"|([^\s;"]{1,200}))/i;

export function contentOf(headers: IncomingHttpHeaders): Content {
  const header = headers['content-type'];
  if (header === undefined) throw new MalformedError('no_content_type');
  const type = header.split(';')[0]?.trim().toLowerCase() ?? '';
  if (RAW_TYPES.has(type)) return { kind: 'raw' };
  if (!FORM_TYPES.has(type)) throw new MalformedError('wrong_content_type');
  const [, quoted, plain] = BOUNDARY.exec(header) ?? [];
  const boundary = quoted?.replace(/\\(.)/g, '$1') ?? plain;
  if (boundary === undefined) throw new MalformedError('no_boundary');
  return { kind: 'form', boundary };
}

/**
 * The body as it was before Content-Encoding (Crashpad compresses the whole request). `wire` counts what came, too: a gzip
 * stream may go on for ever without unfolding to a byte.
 */
export function decodedBody(
  encoding: string | undefined,
  bytes: ByteStream,
  { wire, unfolded }: { readonly wire: ByteBudget; readonly unfolded: ByteBudget },
): ByteStream {
  const name = (encoding ?? 'identity').trim().toLowerCase();
  if (name === 'identity' || name === '') return unfolded.count(bytes);
  if (name !== 'gzip' && name !== 'x-gzip') throw new MalformedError('wrong_content_encoding');
  return unfolded.count(gunzip(wire.count(bytes)));
}
