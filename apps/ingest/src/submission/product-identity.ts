import type { Project } from '@crashkeep/identity';
import type { Annotations } from './annotations.js';
import { type SentryEvent, sentryEventOf } from './sentry-event.js';

/** Where a project's clients say what crashed: `auto` looks in all places. */
type Preset = Project['preset'];

/** What a person means by the program that crashed. Declared, bounded, printable: the airlock screens it again. */
export interface ProductIdentity {
  readonly product: string | null;
  readonly version: string | null;
  readonly channel: string | null;
}

interface Place {
  readonly product: string;
  readonly version: string;
  readonly channel?: string;
}

/** Electron says `prod=Electron` and its own version in `ver`; the program's are behind an underscore. */
const ELECTRON: Place = { product: '_productName', version: '_version' };
const MOZILLA: Place = { product: 'ProductName', version: 'Version', channel: 'ReleaseChannel' };
const CRASHPAD: Place = { product: 'prod', version: 'ver', channel: 'channel' };
/** The names that Crashpad gives the same two in the query string. */
const QUERY: Place = { product: 'product', version: 'version', channel: 'channel' };

const PLACES: Record<Preset, readonly Place[]> = {
  auto: [ELECTRON, MOZILLA, CRASHPAD, QUERY],
  crashpad: [CRASHPAD, QUERY],
  breakpad: [CRASHPAD, QUERY],
  electron: [ELECTRON, CRASHPAD, QUERY],
  chromium: [CRASHPAD, QUERY],
  sentry: [],
};

const MAX_CHARACTERS = { product: 100, version: 100, channel: 50 } as const;
/** Letters, marks, digits, punctuation, symbols and plain spaces: nothing that moves a cursor or turns text around. */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u;

/**
 * The first place that names a product speaks for all three: a product from one and a version from another would be a
 * program that does not exist.
 */
export function productIdentity(
  annotations: Annotations,
  preset: Preset,
  attachedEvent: SentryEvent | null,
): ProductIdentity {
  if (preset === 'sentry' || preset === 'auto') {
    const event = attachedEvent ?? sentryEventOf(annotations);
    const found = event && identityOfRelease(event);
    if (found?.version != null) return found;
  }
  for (const place of PLACES[preset]) {
    const product = declared(annotations.get(place.product), 'product');
    if (product === null) continue;
    const channel = place.channel === undefined ? null : annotations.get(place.channel);
    return {
      product,
      version: declared(annotations.get(place.version), 'version'),
      channel: declared(channel, 'channel'),
    };
  }
  return { product: null, version: null, channel: null };
}

/** Sentry's releases read `package@version`; a bare one is a version. Its environment is what others call a channel. */
function identityOfRelease({ release, environment }: SentryEvent): ProductIdentity {
  const [, product, version] = /^([^@]+)@([^@]+)$/.exec(release ?? '') ?? [null, null, release];
  return {
    product: declared(product ?? null, 'product'),
    version: declared(version ?? null, 'version'),
    channel: declared(environment, 'channel'),
  };
}

function declared(value: string | null, what: keyof typeof MAX_CHARACTERS): string | null {
  const text = value?.trim() ?? '';
  return text.length > 0 && text.length <= MAX_CHARACTERS[what] && PRINTABLE.test(text) ? text : null;
}
