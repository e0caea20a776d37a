import type { Response } from 'express';

/** Whose fault a refusal is: it decides who must act. */
export type Blame = 'sender' | 'us' | 'policy';

export interface ProblemFacts {
  /** `area.reason` of a closed union. */
  readonly code: string;
  readonly status: number;
  /** One sentence that says what to do. A constant of the code: it never quotes input. */
  readonly title: string;
  readonly blame: Blame;
  readonly retry: boolean;
  /** Seconds. */
  readonly retryAfter?: number;
  /** Where in what was sent, in UTF-16 units, and what was probably meant there: a word of ours. */
  readonly place?: { readonly at: number; readonly length: number; readonly meant: string | null };
}

/** A refusal that the client is told of (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(readonly facts: ProblemFacts) {
    super(facts.code);
  }

  get code(): string {
    return this.facts.code;
  }
}

/** `application/problem+json` with our code, blame and retry as extension members. */
export function sendProblem(response: Response, facts: ProblemFacts): void {
  const { code, status, title, blame, retry, retryAfter, place } = facts;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter));
  response
    .status(status)
    .type('application/problem+json')
    .setHeader('cache-control', 'no-store')
    .send(JSON.stringify({ type: 'about:blank', title, status, code, blame, retry, ...place }));
}

export const refused = {
  signIn: (): Problem =>
    new Problem({ code: 'http.sign-in', status: 401, title: 'Sign in first.', blame: 'sender', retry: false }),
  forbidden: (): Problem =>
    new Problem({ code: 'http.forbidden', status: 403, title: 'You may not do this.', blame: 'policy', retry: false }),
  crossSite: (): Problem =>
    new Problem({
      code: 'http.cross-site',
      status: 403,
      title: 'This request did not come from this site. Reload the page and try again.',
      blame: 'sender',
      retry: false,
    }),
  notFound: (): Problem =>
    new Problem({
      code: 'http.not-found',
      status: 404,
      title: 'There is nothing here.',
      blame: 'sender',
      retry: false,
    }),
  malformed: (): Problem =>
    new Problem({
      code: 'http.malformed',
      status: 400,
      title: 'The request is not of the form that the API describes.',
      blame: 'sender',
      retry: false,
    }),
  tooMany: (retryAfter: number): Problem =>
    new Problem({
      code: 'http.too-many',
      status: 429,
      title: 'Too many tries. Wait a little and try again.',
      blame: 'sender',
      retry: true,
      retryAfter,
    }),
} as const;
