import { isIP } from 'node:net';
import { SettingError, optionalSetting } from '../settings.js';

/**
 * Off loopback a vault listens only behind TLS: a passkey, a session or a dump in the clear on a network is nobody's wish.
 * In a container the network is the container's own; `CRASHKEEP_LISTEN_INSIDE=container` says so, and whoever publishes the
 * port answers for it. Throws SettingError.
 */
export function requireSafeListening(host: string, publicUrl: string): void {
  if (isLoopback(host) || publicUrl.startsWith('https://')) return;
  if (optionalSetting('CRASHKEEP_LISTEN_INSIDE') === 'container') return;
  throw new SettingError(
    'CRASHKEEP_LISTEN_HOST is not loopback, and the public URL of this origin is not https. Put TLS in front and set the public URLs, or listen on 127.0.0.1.',
  );
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  return isIP(host) === 4 ? host.startsWith('127.') : host === '::1';
}
