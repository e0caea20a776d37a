import { EnvelopeError } from './envelope-error.js';
import type { AgeHeader, Stanza } from './header.js';

/** Which dump of which project a header belongs to. age ignores the stanza; our openers demand it. */
export interface Binding {
  readonly dump: string;
  readonly project: string;
}

const STANZA_TYPE = 'crashkeep';

export function bindingStanza({ dump, project }: Binding): Stanza {
  return { args: [STANZA_TYPE, dump, project], body: new Uint8Array(0) };
}

/** Whether a header claims to be one of ours: a file that somebody else sealed must not. */
export function isBound(header: AgeHeader): boolean {
  return header.stanzas.some(({ args }) => args[0] === STANZA_TYPE);
}

/** The one binding of a header. None, two, or one of another shape: `envelope.wrong-binding`. */
export function bindingOf(header: AgeHeader): Binding {
  const [stanza, ...more] = header.stanzas.filter(({ args }) => args[0] === STANZA_TYPE);
  const [, dump, project, ...rest] = stanza?.args ?? [];
  if (more.length > 0 || rest.length > 0 || dump === undefined || project === undefined || stanza?.body.length !== 0) {
    throw new EnvelopeError('envelope.wrong-binding');
  }
  return { dump, project };
}
