import { createHash } from 'node:crypto';
import type { PublicPart } from '../job/finding.js';
import { bytesOf } from './big.js';
import { der, derInteger, hex } from './der-writer.js';
import type { EcCurve, OkpCurve, Secret } from './secret.js';

const RSA_ALGORITHM = hex('300d 0609 2a864886f70d010101 0500');
const EC_ALGORITHM: Readonly<Record<EcCurve, Uint8Array>> = {
  'P-256': hex('3013 0607 2a8648ce3d0201 0608 2a8648ce3d030107'),
  'P-384': hex('3010 0607 2a8648ce3d0201 0605 2b81040022'),
  'P-521': hex('3010 0607 2a8648ce3d0201 0605 2b81040023'),
  secp256k1: hex('3010 0607 2a8648ce3d0201 0605 2b8104000a'),
};
const OKP_ALGORITHM: Readonly<Record<OkpCurve, Uint8Array>> = {
  Ed25519: hex('3005 0603 2b6570'),
  X25519: hex('3005 0603 2b656e'),
};
const SSH_CURVE: Partial<Record<EcCurve, string>> = { 'P-256': 'nistp256', 'P-384': 'nistp384', 'P-521': 'nistp521' };

/** The names an owner searches a key by; null for what has no public half. */
export function publicPartOf(secret: Secret): PublicPart | null {
  const spki = spkiOf(secret);
  if (spki === null) return null;
  const ssh = sshBlobOf(secret);
  return {
    spki: createHash('sha256').update(spki).digest('hex'),
    ssh: ssh === null ? null : `SHA256:${createHash('sha256').update(ssh).digest('base64').replaceAll('=', '')}`,
  };
}

function spkiOf(secret: Secret): Uint8Array | null {
  const bits = (content: Uint8Array) => der(3, Buffer.of(0), content);
  switch (secret.type) {
    case 'rsa':
      if (secret.q === null) return null;
      return der(0x30, RSA_ALGORITHM, bits(der(0x30, ...[secret.p * secret.q, secret.e].map(integer))));
    case 'ec':
      return der(0x30, EC_ALGORITHM[secret.curve], bits(secret.point));
    case 'okp':
      return der(0x30, OKP_ALGORITHM[secret.curve], bits(secret.point));
    default:
      return null;
  }
}

const integer = (value: bigint): Uint8Array => derInteger(bytesOf(value));

function sshBlobOf(secret: Secret): Uint8Array | null {
  if (secret.type === 'rsa' && secret.q !== null) {
    const [e, n] = [secret.e, secret.p * secret.q].map((value) => sshString(mpint(value)));
    return Buffer.concat([sshString(Buffer.from('ssh-rsa')), e ?? new Uint8Array(), n ?? new Uint8Array()]);
  }
  if (secret.type === 'okp' && secret.curve === 'Ed25519') {
    return Buffer.concat([sshString(Buffer.from('ssh-ed25519')), sshString(secret.point)]);
  }
  if (secret.type === 'ec') {
    const curve = SSH_CURVE[secret.curve];
    if (curve === undefined) return null;
    return Buffer.concat(
      [Buffer.from(`ecdsa-sha2-${curve}`), Buffer.from(curve), secret.point].map((part) => sshString(part)),
    );
  }
  return null;
}

function mpint(value: bigint): Uint8Array {
  const bytes = bytesOf(value);
  return (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes]);
}

function sshString(content: Uint8Array): Uint8Array {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}
