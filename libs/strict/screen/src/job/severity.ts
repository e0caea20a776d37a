import type { Level, Severity } from './finding.js';

/** Kinds that say how bad a leak of them is; what stands in none of them is `medium`. */
const BY_KIND: readonly (readonly [RegExp, Severity])[] = [
  [/encrypted|container|keystore|dpapi/, 'info'],
  [/private-key|ssh-shielded/, 'critical'],
  [/^tls-|session|chacha20/, 'low'],
  [/-schedule$/, 'medium'],
  [/token|credential|secret|kerberos|symmetric/, 'high'],
];

export function severityOf(kind: string, level: Level): Severity {
  const [, severity] = BY_KIND.find(([pattern]) => pattern.test(kind)) ?? [null, 'medium' as const];
  if (level >= 2) return severity;
  // Nothing is proved: it is listed, and wakes nobody.
  return level === 1 && severity !== 'info' ? 'low' : 'info';
}
