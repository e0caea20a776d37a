import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { readCookie } from './cookie.js';
import { AUTHENTICATOR, type Authenticator, type Caller, POLICY, type RoutePolicy } from './policy.js';
import { refused } from './problem.js';

export const DOOR_SETTINGS = Symbol('DoorSettings');

export interface DoorSettings {
  /** Name of this origin's session cookie. */
  readonly cookie: string;
  /** `http://localhost:8080`: the only origin whose pages may change anything here. */
  readonly origin: string;
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Lets a request in by its route's policy, and only then. Deny by default: no policy, no entry. */
@Injectable()
export class Door implements CanActivate {
  readonly #reflector: Reflector;
  readonly #authenticator: Authenticator;
  readonly #settings: DoorSettings;

  constructor(
    reflector: Reflector,
    @Inject(AUTHENTICATOR) authenticator: Authenticator,
    @Inject(DOOR_SETTINGS) settings: DoorSettings,
  ) {
    this.#reflector = reflector;
    this.#authenticator = authenticator;
    this.#settings = settings;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const policy = this.#reflector.getAllAndOverride<RoutePolicy | undefined>(POLICY, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!policy) throw refused.forbidden();
    const request = context.switchToHttp().getRequest<Request>();
    if (policy.door === 'token-in-handler') return true;
    if (policy.door === 'public') {
      this.#refuseOtherSites(request);
      return true;
    }
    request.caller = await this.#callerOf(request, policy);
    return true;
  }

  async #callerOf(request: Request, policy: RoutePolicy): Promise<Caller> {
    const bearer = bearerOf(request);
    if (bearer !== null) {
      const holder =
        policy.door === 'session-or-token' ? await this.#authenticator.byToken(bearer, policy.classes) : null;
      if (!holder) throw refused.signIn();
      return holder;
    }
    const cookie = readCookie(request, this.#settings.cookie);
    const person = cookie === null ? null : await this.#authenticator.bySession(cookie);
    if (!person) throw refused.signIn();
    this.#refuseOtherSites(request);
    if (!SAFE_METHODS.has(request.method) && !sameText(request.headers['x-crashkeep-csrf'], person.csrf)) {
      throw refused.crossSite();
    }
    return person;
  }

  /** Browsers say where a request comes from; what says nothing is no browser, and holds no cookie of one. */
  #refuseOtherSites(request: Request): void {
    if (SAFE_METHODS.has(request.method)) return;
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin') throw refused.crossSite();
    if (request.headers.origin !== undefined && request.headers.origin !== this.#settings.origin)
      throw refused.crossSite();
    // A form cannot send JSON, so a page of another site cannot reach a route that takes only JSON without a preflight.
    if (request.headers['content-type'] !== undefined && !request.is('application/json')) throw refused.crossSite();
  }
}

function bearerOf(request: Request): string | null {
  const [scheme, value, ...rest] = (request.headers.authorization ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' && value !== undefined && rest.length === 0 ? value : null;
}

function sameText(given: string | string[] | undefined, expected: string): boolean {
  if (typeof given !== 'string') return false;
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
