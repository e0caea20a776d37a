import { type Binding, bindingStanza } from './binding.js';
import { EnvelopeError } from './envelope-error.js';
import { encodeHeader } from './header.js';
import { FILE_KEY_BYTES, recipientStanza } from './recipient.js';

/**
 * A header of one dump for one X25519 recipient. The payload does not change with it: the keeper makes a new
 * extraction header so from the file key that it opened (DESIGN.md 5). The caller wipes the file key.
 */
export function makeHeader(fileKey: Uint8Array, binding: Binding, recipient: string): Buffer {
  if (fileKey.length !== FILE_KEY_BYTES) throw new EnvelopeError('envelope.malformed-header');
  return encodeHeader([recipientStanza(recipient, fileKey), bindingStanza(binding)], fileKey);
}
