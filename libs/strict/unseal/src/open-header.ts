import { timingSafeEqual } from 'node:crypto';
import { type Binding, EnvelopeError, bindingOf, headerMac, parseHeader } from '@crashkeep/envelope';
import type { Identity } from './identity.js';

/**
 * The file key of a header, if the identity opens it, its MAC holds, and it names exactly this dump and project.
 * Throws `envelope.wrong-identity`, `envelope.wrong-mac`, `envelope.wrong-binding` or `envelope.malformed-header`.
 */
export function openHeader(bytes: Uint8Array, identity: Identity, expected: Binding): Buffer {
  const header = parseHeader(bytes);
  const fileKey = header.stanzas.map((stanza) => identity.unwrap(stanza)).find((key) => key !== null);
  if (!fileKey) throw new EnvelopeError('envelope.wrong-identity');
  if (!timingSafeEqual(headerMac(fileKey, header.covered), header.mac)) throw new EnvelopeError('envelope.wrong-mac');
  const { dump, project } = bindingOf(header);
  if (dump !== expected.dump || project !== expected.project) throw new EnvelopeError('envelope.wrong-binding');
  return fileKey;
}
