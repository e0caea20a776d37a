import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { Response } from 'express';
import type { AppLogger } from '../logger.js';
import { Problem, type ProblemFacts, sendProblem } from './problem.js';

const OURS: ProblemFacts = {
  code: 'http.internal',
  status: 500,
  title: 'Something failed on our side. It was logged; try again.',
  blame: 'us',
  retry: true,
};

const BY_STATUS: Readonly<Record<number, Pick<ProblemFacts, 'code' | 'title'>>> = {
  400: { code: 'http.malformed', title: 'The request is not of the form that the API describes.' },
  401: { code: 'http.sign-in', title: 'Sign in first.' },
  403: { code: 'http.forbidden', title: 'You may not do this.' },
  404: { code: 'http.not-found', title: 'There is nothing here.' },
  413: { code: 'http.too-large', title: 'The request is larger than this route takes.' },
  415: { code: 'http.media-type', title: 'Send JSON with content type application/json.' },
};

/** Every error becomes a closed code; what was thrown is logged by name and place, never by message. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #log: AppLogger;

  constructor(log: AppLogger) {
    this.#log = log;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const facts = factsOf(error);
    if (facts.status >= 500) this.#log.error('http.failed', error, { code: facts.code });
    sendProblem(host.switchToHttp().getResponse<Response>(), facts);
  }
}

function factsOf(error: unknown): ProblemFacts {
  if (error instanceof Problem) return error.facts;
  const status = statusOf(error);
  const known = status === null ? undefined : BY_STATUS[status];
  return status !== null && known ? { ...known, status, blame: 'sender', retry: false } : OURS;
}

/** Nest's exceptions, and those of body parsers, which carry `status` (http-errors). */
function statusOf(error: unknown): number | null {
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof Error && 'status' in error && typeof error.status === 'number') return error.status;
  return null;
}
