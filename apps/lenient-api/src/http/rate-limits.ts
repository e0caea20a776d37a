import { createHash } from 'node:crypto';
import { refused, sendProblem } from '@crashkeep/platform';
import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';

const MINUTE_MS = 60_000;
/** Calls a minute of one session, token or address: a page that is scrolled makes a hundred. */
export const CALLS_EACH = 600;
/** Of the routes that read many reports for one answer. */
export const HEAVY_EACH = 120;

/** Told in `RateLimit` and `RateLimit-Policy` (draft 8 of the IETF's HTTPAPI group); 429 with Retry-After where it is used up. */
export const callLimits = (): RequestHandler[] => [
  limit('calls', CALLS_EACH, () => false),
  limit(
    'searches',
    HEAVY_EACH,
    ({ path }) => !/^\/v1\/(?:search\/(?:facets|export)|groups\/[^/]+\/correlations)$/.test(path),
  ),
];

function limit(identifier: string, each: number, skip: (request: Request) => boolean): RequestHandler {
  // Its own types name express, which a linked install does not show it.
  const made: unknown = rateLimit({
    windowMs: MINUTE_MS,
    limit: each,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    identifier,
    skip,
    keyGenerator: callerKey,
    handler: (_request: Request, response: Response) => {
      sendProblem(response, refused.tooMany(MINUTE_MS / 1000).facts);
    },
  });
  return made as RequestHandler;
}

/** Whoever comes with a credential is known by its hash; it is checked later, at the door. */
function callerKey({ headers, ip }: Request): string {
  const credential = headers.authorization ?? headers.cookie;
  if (credential === undefined) return ipKeyGenerator(ip ?? '');
  return createHash('sha256').update(credential).digest('base64url');
}
