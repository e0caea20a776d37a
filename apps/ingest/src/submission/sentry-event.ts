import type { Annotations } from './annotations.js';
import { readTopLevelStrings } from './msgpack-strings.js';

/** What we read of a Sentry event; the rest stays sealed. */
export interface SentryEvent {
  /** `package@version` */
  readonly release: string | null;
  readonly environment: string | null;
}

const FIELDS = ['release', 'environment'];
const MAX_CHUNKS = 100;

/** The event among the form's fields: `sentry` (JSON), `sentry__1`, `sentry__2`… (JSON in pieces), or `sentry[release]`. */
export function sentryEventOf(annotations: Annotations): SentryEvent | null {
  const fields = eventOfJson(annotations.get('sentry') ?? chunksOf(annotations));
  const release = annotations.get('sentry[release]') ?? fields?.release ?? null;
  const environment = annotations.get('sentry[environment]') ?? fields?.environment ?? null;
  return release === null && environment === null ? null : { release, environment };
}

/** The event that sentry-native attaches as `__sentry-event`: MessagePack. Null where it is something else. */
export function sentryEventOfFile(bytes: Buffer): SentryEvent | null {
  const found = readTopLevelStrings(bytes, FIELDS);
  return found && { release: found.get('release') ?? null, environment: found.get('environment') ?? null };
}

/** Crashpad's values are short, so sentry-native cuts its JSON into numbered ones. */
function chunksOf(annotations: Annotations): string {
  let text = '';
  for (let number = 1; number <= MAX_CHUNKS; number++) {
    const chunk = annotations.get(`sentry__${String(number)}`);
    if (chunk === null) break;
    text += chunk;
  }
  return text;
}

function eventOfJson(text: string): SentryEvent | null {
  try {
    const event: unknown = JSON.parse(text);
    if (typeof event !== 'object' || event === null) return null;
    return { release: stringOf(event, 'release'), environment: stringOf(event, 'environment') };
  } catch {
    return null; // no event, or a torn one: it is sealed all the same
  }
}

function stringOf(event: object, name: string): string | null {
  const value: unknown = Reflect.get(event, name);
  return typeof value === 'string' ? value : null;
}
