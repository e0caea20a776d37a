import type { Connect, Plugin } from 'vite';
import { MadeUpApi } from './made-up-api.js';

/** The headers that lenient-api sends with the page: what breaks under them must break here too. */
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Answers /api/v1 from made-up data, in `vite` and in `vite preview`. */
export function madeUpVault(): Plugin {
  const attach = (middlewares: Connect.Server, strict: boolean): void => {
    const api = new MadeUpApi();
    middlewares.use((request, response, next) => {
      if (strict) response.setHeader('content-security-policy', CSP);
      if (!api.handle(request, response)) next();
    });
  };
  return {
    name: 'crashkeep:made-up-vault',
    configureServer: (server) => {
      attach(server.middlewares, false);
    },
    configurePreviewServer: (server) => {
      attach(server.middlewares, true);
    },
  };
}
