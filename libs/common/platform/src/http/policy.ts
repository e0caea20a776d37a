import { type CustomDecorator, type ExecutionContext, SetMetadata, createParamDecorator } from '@nestjs/common';
import type { Request } from 'express';

/**
 * Who may call a route at all. Rights on a thing (this project, this grant) are a Permit's work inside; this is the door.
 * A route without one stops the process at boot (`assertEveryRouteHasPolicy`).
 */
export type RoutePolicy =
  /** Anyone. `why` says what keeps it harmless. */
  | { readonly door: 'public'; readonly why: string }
  /** A person who has signed in on this origin. */
  | { readonly door: 'session' }
  /** A person, or a machine with a token of one of these classes. */
  | { readonly door: 'session-or-token'; readonly classes: readonly string[] }
  /** A machine with a token; the handler reads it itself, since stock clients put it in many places. */
  | { readonly door: 'token-in-handler'; readonly classes: readonly string[] };

export const POLICY = 'crashkeep:policy';

export const Policy = (policy: RoutePolicy): CustomDecorator => SetMetadata(POLICY, policy);

export interface RoleOf {
  /** `*` is every project. */
  readonly project: string;
  readonly role: string;
}

/** A person behind a session of this origin. */
export interface SignedIn {
  readonly kind: 'person';
  readonly personId: string;
  readonly name: string;
  readonly login: string;
  readonly roles: readonly RoleOf[];
  /** SHA-256 of the session's cookie, hex: how a session is named in rows. */
  readonly session: string;
  /** What `x-crashkeep-csrf` must carry. */
  readonly csrf: string;
}

/** A token of an accepted class. */
export interface TokenHolder {
  readonly kind: 'token';
  readonly tokenId: string;
  readonly project: string;
  readonly class: string;
}

export type Caller = SignedIn | TokenHolder;

/** What an app gives the door: how its own cookie and tokens are looked up. Null = unknown, expired or ended. */
export interface Authenticator {
  bySession(cookie: string): Promise<SignedIn | null>;
  byToken(token: string, classes: readonly string[]): Promise<TokenHolder | null>;
}

export const AUTHENTICATOR = Symbol('Authenticator');

declare module 'express' {
  interface Request {
    caller?: Caller;
  }
}

/** The caller that the door let in; `person()` where a route takes people only. */
export const CurrentCaller = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  return context.switchToHttp().getRequest<Request>().caller;
});
