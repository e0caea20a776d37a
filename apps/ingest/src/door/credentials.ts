import type { IncomingMessage } from 'node:http';

/** Query names that carry a token: ours, Sentry's, and that of Breakpad's sym-upload-v2. */
const QUERY_NAMES = ['token', 'sentry_key', 'key'];
const MAX_TOKEN_CHARACTERS = 200;

/**
 * The one token of a request: in the path, the query string or a header, before a byte of the body is read. Null where there
 * is none, or more than one: two that differ are a client that does not know what it does, or a trick.
 */
export function credentialOf(request: IncomingMessage, pathToken: string | null): string | null {
  const query = queryOf(request);
  const found = [
    pathToken,
    ...QUERY_NAMES.flatMap((name) => query.getAll(name)),
    ofAuthorization(request.headers.authorization),
    ofSentryHeader(header(request, 'x-sentry-auth')),
    ofTeckenHeader(header(request, 'auth-token')),
  ].filter((token) => token !== null && token !== '');
  const [token, ...more] = found;
  return token != null && more.length === 0 && token.length <= MAX_TOKEN_CHARACTERS ? token : null;
}

export function queryOf(request: IncomingMessage): URLSearchParams {
  const url = request.url ?? '';
  const at = url.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : url.slice(at + 1));
}

/** `Bearer <token>`, `Basic <token:>`, or Sentry's own scheme. */
function ofAuthorization(value: string | undefined): string | null {
  const [, scheme, rest] = /^(\w+) +(\S.*)$/.exec(value ?? '') ?? [];
  switch (scheme?.toLowerCase()) {
    case 'bearer':
      return rest?.trim() ?? null;
    case 'basic':
      return (
        Buffer.from(rest ?? '', 'base64')
          .toString('latin1')
          .split(':')[0] ?? null
      );
    case 'sentry':
      return ofSentryHeader(value ?? null);
    default:
      return null;
  }
}

/** `Sentry sentry_key=…, sentry_version=7, sentry_client=…` */
function ofSentryHeader(value: string | null): string | null {
  return /^sentry\s.*?\bsentry_key=([^\s,]+)/i.exec(value ?? '')?.[1] ?? null;
}

/** Mozilla's symbol uploaders may write a label behind the token: `<token>-<label>`. */
function ofTeckenHeader(value: string | null): string | null {
  return value?.split('-', 1)[0]?.trim() ?? null;
}

function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
}
