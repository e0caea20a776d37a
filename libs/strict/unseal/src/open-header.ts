import { timingSafeEqual } from 'node:crypto';
import {
  type AgeHeader,
  type Binding,
  EnvelopeError,
  bindingOf,
  headerMac,
  isBound,
  parseHeader,
} from '@crashkeep/envelope';
import type { Identity } from './identity.js';

/**
 * The file key of a header, if the identity opens it, its MAC holds, and it names exactly this dump and project.
 * Throws `envelope.wrong-identity`, `envelope.wrong-mac`, `envelope.wrong-binding` or `envelope.malformed-header`.
 */
export function openHeader(bytes: Uint8Array, identity: Identity, expected: Binding): Buffer {
  const header = parseHeader(bytes);
  const fileKey = fileKeyOf(header, identity);
  const { dump, project } = bindingOf(header);
  if (dump !== expected.dump || project !== expected.project) throw new EnvelopeError('envelope.wrong-binding');
  return fileKey;
}

/**
 * The file key of a header that was made elsewhere, as by `age -r` at a dump's origin. One that names a dump is
 * `envelope.already-bound`: our own stored files must not come in again by another door.
 */
export function openForeignHeader(bytes: Uint8Array, identity: Identity): Buffer {
  const header = parseHeader(bytes);
  if (isBound(header)) throw new EnvelopeError('envelope.already-bound');
  return fileKeyOf(header, identity);
}

function fileKeyOf(header: AgeHeader, identity: Identity): Buffer {
  // A passphrase stanza must stand alone: beside another it would let who knows the passphrase pass for the sender.
  if (header.stanzas.length > 1 && header.stanzas.some(({ args }) => args[0] === 'scrypt')) {
    throw new EnvelopeError('envelope.malformed-header');
  }
  const fileKey = header.stanzas.map((stanza) => identity.unwrap(stanza)).find((key) => key !== null);
  if (!fileKey) throw new EnvelopeError('envelope.wrong-identity');
  if (!timingSafeEqual(headerMac(fileKey, header.covered), header.mac)) throw new EnvelopeError('envelope.wrong-mac');
  return fileKey;
}
