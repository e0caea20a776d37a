import { CHACHA20_DETECTOR } from '../blobs/chacha20.js';
import { ENVIRONMENT_DETECTORS } from '../blobs/environment.js';
import { KERBEROS_DETECTORS } from '../blobs/kerberos.js';
import { CONTAINER_DETECTORS } from '../blobs/key-containers.js';
import { TLS_DETECTORS } from '../blobs/tls-secrets.js';
import { WINDOWS_DETECTORS } from '../blobs/windows-keys.js';
import { DER_ANCHORS } from '../der/private-key.js';
import { hex } from '../keys/der-writer.js';
import type { EcCurve, OkpCurve } from '../keys/secret.js';
import { addBigEndian } from '../rsa/number-candidates.js';
import { OPENSSH_MAGIC, openSshKeys } from '../ssh/openssh-file.js';
import { BASE64_AFTER, BASE64_ANCHORS, BASE64_BEFORE, base64KeyAround } from '../text/base64-der.js';
import { JWK_AFTER, JWK_ANCHORS, JWK_BEFORE, jwkAround } from '../text/jwk.js';
import { PEM_CHARACTERS, PEM_HEAD, pemAt, type TextKey } from '../text/pem.js';
import { PUTTY_CHARACTERS, PUTTY_HEAD, puttyKey } from '../text/putty.js';
import { S_EXPRESSION_CHARACTERS, S_EXPRESSION_HEADS, sExpressionKey } from '../text/s-expression.js';
import { textBefore, textFrom, type TextView, wide } from '../text/text-window.js';
import { TOKEN_DETECTORS } from '../tokens/token-detectors.js';
import type { AnchorDetector } from './anchor-detector.js';
import type { DetectorId } from './detector.js';
import { type Job, sightingIn } from './job.js';
import type { Window } from '../frame/window.js';

const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** Each text anchor in both widths. */
function inBothWidths(
  text: string,
  make: (isWide: boolean) => Omit<AnchorDetector, 'pattern'>,
): readonly AnchorDetector[] {
  const narrow = latin(text);
  return [
    { pattern: narrow, ...make(false) },
    { pattern: wide(narrow), ...make(true) },
  ];
}

/** A detector that reads a text from its anchor on. */
function textDetector(
  detector: DetectorId,
  anchors: readonly string[],
  most: number,
  read: (view: TextView) => TextKey | null,
): AnchorDetector[] {
  return anchors.flatMap((anchor) =>
    inBothWidths(anchor, (isWide) => ({
      detector,
      cost: 4096,
      inspect: (window, at, job) => {
        const view = textFrom(window, at, isWide, most);
        const key = read(view);
        if (key !== null) recordText(window, view, key, detector, job);
      },
    })),
  );
}

function recordText(window: Window, view: TextView, key: TextKey, detector: DetectorId, job: Job): void {
  const span = { from: view.byteOf(key.from), to: view.byteOf(key.to) };
  const sighting = sightingIn(window, detector, key.level, span);
  if (key.secret === null) job.book.recordShape(key.kind, sighting);
  else job.book.record(key.secret, sighting);
}

const derDetectors: AnchorDetector[] = DER_ANCHORS.map(({ pattern, inspect }) => ({
  detector: 'der',
  pattern,
  cost: 4096,
  inspect: (window, at, job) => {
    const key = inspect(window.bytes, at, window.from, window.to);
    if (key !== null) job.book.record(key.secret, sightingIn(window, 'der', key.level, key));
  },
}));

/** The numbers of certificates, public keys, wire formats and broken DER: what stands in a head is enough to find their size. */
const SIGNED_NUMBERS: readonly (readonly [string, number])[] = [
  ['02 41 00', 64],
  ['02 61 00', 96],
  ['02 81 81 00', 128],
  ['02 81 c1 00', 192],
  ['02 82 01 01 00', 256],
  ['02 82 01 81 00', 384],
  ['02 82 02 01 00', 512],
  ['02 82 04 01 00', 1024],
  ['00 00 00 81 00', 128],
  ['00 00 00 c1 00', 192],
  ['00 00 01 01 00', 256],
  ['00 00 01 81 00', 384],
  ['00 00 02 01 00', 512],
];

const numberDetectors: AnchorDetector[] = SIGNED_NUMBERS.map(([head, length]) => {
  const pattern = hex(head);
  return {
    detector: 'rsa-numbers',
    pattern,
    cost: 16,
    inspect: (window, at, job) => {
      addBigEndian(window, at + pattern.length, length, job.numbers, 'der');
    },
  };
});

/** Public halves that say what they are: SubjectPublicKeyInfo, PKCS#8's own, and ssh's wire form. */
const OKP_POINT_HEADS: readonly (readonly [OkpCurve, string])[] = [
  ['Ed25519', '06 03 2b6570 03 21 00'],
  ['Ed25519', '00 00 00 0b 7373682d65643235353139 00 00 00 20'],
  ['X25519', '06 03 2b656e 03 21 00'],
];
const pointDetectors: AnchorDetector[] = OKP_POINT_HEADS.map(([curve, head]) => {
  const pattern = hex(head);
  return {
    detector: 'curve-scalar',
    pattern,
    cost: 64,
    inspect: (window, at, job) => {
      const start = at + pattern.length;
      if (start + 32 <= window.to) job.scalars.addPoint(curve, window.bytes.subarray(start, start + 32));
    },
  };
});

/** A scalar after the OCTET STRING tags of SEC1 and PKCS#8, whether or not the rest can be read. */
const SCALAR_HEADS: readonly (readonly [string, number])[] = [
  ['02 01 01 04 20', 32],
  ['04 22 04 20', 32],
  ['02 01 01 04 30', 48],
  ['02 01 01 04 42', 66],
];

const scalarDetectors: AnchorDetector[] = SCALAR_HEADS.map(([head, length]) => {
  const pattern = hex(head);
  return {
    detector: 'curve-scalar',
    pattern,
    cost: 64,
    inspect: (window, at, job) => {
      job.scalars.addAnnounced(window, at + pattern.length, length);
    },
  };
});

/** The curve's name with a point of it behind, in a public key or in SEC 1: the name alone lies in every library that knows it. */
const EC_POINT_HEADS: readonly (readonly [EcCurve, string])[] = [
  ['P-256', '06 08 2a8648ce3d030107 03 42 00 04'],
  ['P-256', '06 08 2a8648ce3d030107 a1 44 03 42'],
  ['P-384', '06 05 2b81040022 03 62 00 04'],
  ['P-384', '06 05 2b81040022 a1 64 03 62'],
  ['P-521', '06 05 2b81040023 03 81 86 00 04'],
  ['P-521', '06 05 2b81040023 a1 81 89 03 81 86'],
  ['secp256k1', '06 05 2b8104000a 03 42 00 04'],
  ['secp256k1', '06 05 2b8104000a a1 44 03 42'],
  ['P-256', '00 00 00 08 6e69737470323536 00 00 00 41 04'],
  ['P-384', '00 00 00 08 6e69737470333834 00 00 00 61 04'],
  ['P-521', '00 00 00 08 6e69737470353231 00 00 00 85 04'],
];
const curveDetectors: AnchorDetector[] = EC_POINT_HEADS.map(([curve, head]) => ({
  detector: 'curve-scalar',
  pattern: hex(head),
  cost: 8,
  inspect: (_window, _at, job) => {
    job.scalars.curves.add(curve);
  },
}));

const base64Detectors: AnchorDetector[] = BASE64_ANCHORS.flatMap((anchor) =>
  inBothWidths(anchor.text, (isWide) => ({
    detector: 'base64-der',
    cost: 2048,
    inspect: (window, at, job) => {
      const before = textBefore(window, at, isWide, BASE64_BEFORE);
      const after = textFrom(window, at, isWide, BASE64_AFTER);
      const found = base64KeyAround(anchor, before.text, after.text);
      if (found === null) return;
      const span = { from: before.byteOf(before.text.length - found.before), to: after.byteOf(found.after) };
      job.book.record(found.key.secret, sightingIn(window, 'base64-der', found.key.level, span));
    },
  })),
);

const jwkDetectors: AnchorDetector[] = JWK_ANCHORS.flatMap((anchor) =>
  inBothWidths(anchor, (isWide) => ({
    detector: 'jwk',
    cost: 4096,
    inspect: (window, at, job) => {
      const before = textBefore(window, at, isWide, JWK_BEFORE);
      const after = textFrom(window, at, isWide, JWK_AFTER);
      const found = jwkAround(before.text + after.text, before.text.length);
      if (found === null) return;
      const span = { from: before.byteOf(found.from), to: before.byteOf(found.to) };
      job.book.record(found.secret, sightingIn(window, 'jwk', found.level, span));
    },
  })),
);

const openSshDetector: AnchorDetector = {
  detector: 'openssh-file',
  pattern: latin(OPENSSH_MAGIC),
  cost: 4096,
  inspect: (window, at, job) => {
    for (const key of openSshKeys(window.bytes.subarray(0, window.to), at)) {
      const sighting = sightingIn(window, 'openssh-file', key.level, key);
      if (key.secret === null) job.book.recordShape(key.kind, sighting);
      else job.book.record(key.secret, sighting);
    }
  },
};

/** Everything that a literal announces, for one automaton. */
export const ANCHOR_TABLE: readonly AnchorDetector[] = [
  ...textDetector('pem', [PEM_HEAD], PEM_CHARACTERS, pemAt),
  ...textDetector('putty', [PUTTY_HEAD], PUTTY_CHARACTERS, (view) => puttyKey(view.text)),
  ...textDetector('s-expression', S_EXPRESSION_HEADS, S_EXPRESSION_CHARACTERS, (view) => sExpressionKey(view.text)),
  ...base64Detectors,
  ...jwkDetectors,
  openSshDetector,
  ...derDetectors,
  ...numberDetectors,
  ...pointDetectors,
  ...scalarDetectors,
  ...curveDetectors,
  ...TOKEN_DETECTORS,
  ...WINDOWS_DETECTORS,
  ...KERBEROS_DETECTORS,
  ...CONTAINER_DETECTORS,
  ...TLS_DETECTORS,
  ...ENVIRONMENT_DETECTORS,
  CHACHA20_DETECTOR,
];
