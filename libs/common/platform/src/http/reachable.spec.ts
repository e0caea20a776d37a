import { afterEach, expect, test, vi } from 'vitest';
import { requireSafeListening } from './reachable.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each(['127.0.0.1', '127.8.0.1', '::1', 'localhost', 'room.localhost'])('%s may be plain', (host) => {
  expect(() => {
    requireSafeListening(host, 'http://localhost:8080');
  }).not.toThrow();
});

test.each(['0.0.0.0', '::', '10.0.0.7', 'vault.example'])('%s needs TLS in front, or to be a container', (host) => {
  const listen = (url: string): void => {
    requireSafeListening(host, url);
  };
  expect(() => {
    listen('http://vault.example');
  }).toThrow('CRASHKEEP_LISTEN_HOST');
  expect(() => {
    listen('https://vault.example');
  }).not.toThrow();
  vi.stubEnv('CRASHKEEP_LISTEN_INSIDE', 'container');
  expect(() => {
    listen('http://localhost:8080');
  }).not.toThrow();
});
