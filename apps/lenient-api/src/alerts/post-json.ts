import http from 'node:http';
import https from 'node:https';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { AlertPostError } from './alert-post-error.js';

const TIMEOUT_MS = 10_000;

interface Post {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * POSTs to an address that a person typed. Redirects are not followed, the answer is not read. Addresses inside the own network
 * are refused as the socket connects, so a name that is resolved anew cannot slip in; unless `allowPrivate` says they may.
 * Throws AlertPostError.
 */
export function postJson(
  target: string,
  { body, headers }: Post,
  { allowPrivate }: { readonly allowPrivate: boolean },
): Promise<void> {
  const filter = { allowPrivateIPAddress: allowPrivate, allowMetaIPAddress: false };
  const url = new URL(target);
  const [client, agent] =
    url.protocol === 'https:'
      ? ([https, new RequestFilteringHttpsAgent(filter)] as const)
      : ([http, new RequestFilteringHttpAgent(filter)] as const);
  return new Promise((resolve, reject) => {
    const request = client.request(
      url,
      {
        method: 'POST',
        agent,
        timeout: TIMEOUT_MS,
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      },
      ({ statusCode = 0, socket }) => {
        // One connection a message: whatever the answer still holds is thrown away with it.
        socket.destroy();
        if (statusCode >= 200 && statusCode < 300) resolve();
        else reject(new AlertPostError('alerts.refused'));
      },
    );
    request.on('timeout', () => {
      request.destroy();
    });
    request.on('error', (error) => {
      const refused = error.message.includes('is not allowed');
      reject(new AlertPostError(refused ? 'alerts.address-refused' : 'alerts.unreachable'));
    });
    request.end(body);
  });
}
