import type { AnchorDetector } from '../job/anchor-detector.js';
import { sightingIn } from '../job/job.js';
import { looksRandom } from '../rsa/distinct-bytes.js';

const CONSTANT = Buffer.from('expand 32-byte k');
const KEY_BYTES = 32;

/** The state of ChaCha20 (RFC 8439) lies as one block: the constant, then the key. The constant alone is in every library. */
export const CHACHA20_DETECTOR: AnchorDetector = {
  detector: 'chacha20',
  pattern: CONSTANT,
  cost: 64,
  inspect: (window, at, job) => {
    const from = at + CONSTANT.length;
    const to = from + KEY_BYTES;
    if (to > window.to || !looksRandom(window.bytes, from, KEY_BYTES)) return;
    const value = Uint8Array.from(window.bytes.subarray(from, to));
    const sighting = sightingIn(window, 'chacha20', 1, { from: at, to });
    job.book.record({ type: 'plain', kind: 'chacha20-state', value, isText: false }, sighting);
  },
};
