import { bytesOf } from '../keys/big.js';
import { der, derInteger, hex } from '../keys/der-writer.js';
import { rsaComponents } from '../keys/rsa-key.js';
import type { EcCurve, EcSecret, OkpSecret, RsaSecret } from '../keys/secret.js';
import type { Form } from './number-forms.js';

const VERSION_0 = hex('02 01 00');
const RSA_ALGORITHM = hex('300d 0609 2a864886f70d010101 0500');
const EC_OID: Readonly<Record<EcCurve, string>> = {
  'P-256': '0608 2a8648ce3d030107',
  'P-384': '0605 2b81040022',
  'P-521': '0605 2b81040023',
  secp256k1: '0605 2b8104000a',
};

/** The DER that usual writers make of a key. Its secret part begins with the first private value. */
export function privateDer(secret: RsaSecret | EcSecret | OkpSecret): Form[] {
  switch (secret.type) {
    case 'rsa':
      return rsaDer(secret);
    case 'ec':
      return ecDer(secret);
    case 'okp':
      return okpDer(secret);
  }
}

function rsaDer(secret: RsaSecret): Form[] {
  const { p, q, d, dp, dq } = rsaComponents(secret);
  if (q === null || dp === null || dq === null) return [];
  const integer = (value: bigint) => derInteger(bytesOf(value));
  const head = [VERSION_0, integer(p * q), integer(secret.e)];
  const headBytes = Buffer.concat(head).length;
  const [inverse] = rsaComponents(secret).inverses;
  return d.flatMap((exponent) =>
    [
      { first: p, second: q, dFirst: dp, dSecond: dq, coefficient: inverse },
      { first: q, second: p, dFirst: dq, dSecond: dp, coefficient: rsaComponents(secret).inverses[1] },
    ].flatMap(({ first, second, dFirst, dSecond, coefficient }) => {
      const tail = [exponent, first, second, dFirst, dSecond, coefficient ?? 0n].map(integer);
      const inner = der(0x30, ...head, ...tail);
      const outer = der(0x30, VERSION_0, RSA_ALGORITHM, der(4, inner));
      return [
        formOf(inner, inner.length - Buffer.concat(tail).length),
        formOf(outer, outer.length - inner.length + 4 + headBytes),
      ];
    }),
  );
}

function ecDer({ curve, d, point }: EcSecret): Form[] {
  const oid = hex(EC_OID[curve]);
  const scalar = der(4, d);
  const bits = der(0xa1, der(3, Buffer.of(0), point));
  const sec1 = der(0x30, hex('02 01 01'), scalar, der(0xa0, oid), bits);
  const algorithm = der(0x30, hex('0607 2a8648ce3d0201'), oid);
  const inners = [der(0x30, hex('02 01 01'), scalar, bits), der(0x30, hex('02 01 01'), scalar)];
  const pkcs8 = inners.map((inner) => der(0x30, VERSION_0, algorithm, der(4, inner)));
  return [sec1, ...pkcs8].map((bytes) => {
    const from = Buffer.from(bytes).indexOf(d);
    return { bytes, isText: false, from, to: from + d.length };
  });
}

function okpDer({ curve, seed }: OkpSecret): Form[] {
  const oid = hex(curve === 'Ed25519' ? '0603 2b6570' : '0603 2b656e');
  return [formOf(der(0x30, VERSION_0, der(0x30, oid), der(4, der(4, seed))), 16)];
}

function formOf(bytes: Uint8Array, from: number): Form {
  return { bytes, isText: false, from, to: bytes.length };
}
