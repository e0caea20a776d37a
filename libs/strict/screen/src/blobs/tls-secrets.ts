import type { AnchorDetector } from '../job/anchor-detector.js';
import { sightingIn } from '../job/job.js';
import { derSequence } from '../keys/der-reader.js';
import { hex } from '../keys/der-writer.js';
import { looksRandom } from '../rsa/distinct-bytes.js';
import { textFrom, wide } from '../text/text-window.js';

/** Labels of the NSS key log. */
const LABELS = [
  'CLIENT_RANDOM ',
  'CLIENT_EARLY_TRAFFIC_SECRET ',
  'CLIENT_HANDSHAKE_TRAFFIC_SECRET ',
  'SERVER_HANDSHAKE_TRAFFIC_SECRET ',
  'CLIENT_TRAFFIC_SECRET_0 ',
  'SERVER_TRAFFIC_SECRET_0 ',
  'EXPORTER_SECRET ',
  'EARLY_EXPORTER_SECRET ',
];
const REST = /^[A-Z0-9_]{8,40} [0-9a-fA-F]{64} ([0-9a-fA-F]{64,128})(?![0-9a-fA-F])/;

const keyLog: AnchorDetector[] = LABELS.flatMap((label) =>
  [false, true].map((isWide): AnchorDetector => {
    const pattern = Buffer.from(label);
    return {
      detector: 'tls-secret',
      pattern: isWide ? wide(pattern) : pattern,
      cost: 256,
      inspect: (window, at, job) => {
        const view = textFrom(window, at, isWide, 256);
        const found = REST.exec(view.text);
        const secret = found?.[1];
        if (found === null || secret === undefined || (secret.length !== 64 && secret.length < 96)) return;
        const end = found[0].length;
        const span = { from: view.byteOf(end - secret.length), to: view.byteOf(end) };
        const value = Buffer.from(secret, 'hex');
        const sighting = sightingIn(window, 'tls-secret', 2, span);
        job.book.record({ type: 'plain', kind: 'tls-secret', value, isText: false }, sighting);
      },
    };
  }),
);

/** SSL_SESSION of OpenSSL (ssl_asn1.c): structure 1, protocol, cipher, id, then the master secret. TLS 1.2 and 1.3. */
const sessions: AnchorDetector[] = ['02 01 01 02 02 03 03 04 02', '02 01 01 02 02 03 04 04 02'].map((head) => ({
  detector: 'tls-secret',
  pattern: hex(head),
  cost: 256,
  inspect: (window, at, job) => {
    const values = derSequence(window.bytes, at, window.to, 5);
    const [, , , id, master] = values;
    if (id?.tag !== 4 || master?.tag !== 4 || id.end - id.contentStart > 32) return;
    const length = master.end - master.contentStart;
    if ((length !== 48 && length !== 32) || !looksRandom(window.bytes, master.contentStart, length)) return;
    const value = Uint8Array.from(window.bytes.subarray(master.contentStart, master.end));
    const sighting = sightingIn(window, 'tls-secret', 2, { from: master.contentStart, to: master.end });
    job.book.record({ type: 'plain', kind: 'tls-secret', value, isText: false }, sighting);
  },
}));

export const TLS_DETECTORS: readonly AnchorDetector[] = [...keyLog, ...sessions];
