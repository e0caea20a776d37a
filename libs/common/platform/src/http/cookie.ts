import type { CookieOptions, Request, Response } from 'express';
import { parseCookie } from 'cookie';

/** `__Host-`: bound to this host, path / and a secure context. Browsers count http://localhost as one. */
const OPTIONS: CookieOptions = { httpOnly: true, secure: true, sameSite: 'strict', path: '/' };

export function readCookie(request: Request, name: string): string | null {
  const header = request.headers.cookie;
  if (header === undefined || header.length > 8192) return null;
  return parseCookie(header)[name] ?? null;
}

export function setSessionCookie(response: Response, name: string, value: string): void {
  response.cookie(name, value, OPTIONS);
}

export function clearSessionCookie(response: Response, name: string): void {
  response.clearCookie(name, OPTIONS);
}
