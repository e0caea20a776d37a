import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';

const YEAR_MS = 365 * 24 * 3600 * 1000;

/**
 * Serves a built page: hashed assets for ever, index.html fresh each time, and for each address of the page itself.
 * What begins with /api or /healthz is never the page's.
 */
export function serveSinglePage(server: Express, root: string): void {
  const index = join(root, 'index.html');
  if (!existsSync(index)) return;
  server.use('/assets', express.static(join(root, 'assets'), { immutable: true, maxAge: YEAR_MS, fallthrough: false }));
  server.use(express.static(root, { index: false, maxAge: 0 }));
  server.use((request: Request, response: Response, next: NextFunction) => {
    const isPage = ['GET', 'HEAD'].includes(request.method) && !/^\/(?:api|healthz|assets)(?:\/|$)/.test(request.path);
    if (!isPage) {
      next();
      return;
    }
    response.setHeader('cache-control', 'no-cache');
    response.sendFile(index);
  });
}
