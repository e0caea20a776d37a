import type { AnchorDetector } from '../job/anchor-detector.js';
import { sightingIn } from '../job/job.js';
import { derAt, sequenceAround } from '../keys/der-reader.js';
import { hex } from '../keys/der-writer.js';

const PRIVATE_KEY_ENTRY = 1;

/** JKS and JCEKS: magic, version 2, count, then the tag of the first entry. Trust stores begin with another. */
const javaKeystores: AnchorDetector[] = ['feedfeed 00000002', 'cececece 00000002'].map((head) => ({
  detector: 'key-container',
  pattern: hex(head),
  cost: 16,
  inspect: (window, at, job) => {
    const view = Buffer.from(window.bytes.subarray(at, Math.min(at + 16, window.to)));
    if (view.length < 16 || view.readUInt32BE(12) !== PRIVATE_KEY_ENTRY) return;
    const count = view.readUInt32BE(8);
    if (count < 1 || count > 10_000) return;
    job.book.recordShape('java-keystore', sightingIn(window, 'key-container', 2, { from: at, to: at + 16 }));
  },
}));

/** ContentInfo of type data, the authenticated safe of a PKCS#12. */
const DATA = Buffer.from(hex('06 09 2a864886f70d010701'));

const pkcs12: AnchorDetector = {
  detector: 'key-container',
  pattern: hex('02 01 03 30'),
  cost: 64,
  inspect: (window, at, job) => {
    const { bytes, from, to } = window;
    const outer = sequenceAround(bytes, at, from, to);
    const content = derAt(bytes, at + 3, to);
    if (outer === null || content === null || content.end > outer.end) return;
    if (!Buffer.from(bytes.subarray(content.contentStart, content.contentStart + DATA.length)).equals(DATA)) return;
    job.book.recordShape(
      'pkcs12-container',
      sightingIn(window, 'key-container', 2, { from: outer.start, to: outer.end }),
    );
  },
};

export const CONTAINER_DETECTORS: readonly AnchorDetector[] = [...javaKeystores, pkcs12];
