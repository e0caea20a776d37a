import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { BufferSource } from '@crashkeep/snapshot';
import { describe, expect, test } from 'vitest';
import { screen } from './screen.js';
import { wide } from './text/text-window.js';

// Written here from the formats' own documents, with keys of the moment.

const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const ed = generateKeyPairSync('ed25519').privateKey;

function part(key: KeyObject, name: 'n' | 'e' | 'd' | 'p' | 'q' | 'qi' | 'x' | 'y'): Buffer {
  return Buffer.from(key.export({ format: 'jwk' })[name] ?? '', 'base64url');
}

const reversed = (bytes: Uint8Array): Buffer => Buffer.from(bytes).reverse();

function u32(value: number, order: 'big' | 'little'): Buffer {
  const bytes = Buffer.alloc(4);
  if (order === 'big') bytes.writeUInt32BE(value);
  else bytes.writeUInt32LE(value);
  return bytes;
}

const sshString = (content: Uint8Array | string): Buffer => {
  const bytes = Buffer.from(content);
  return Buffer.concat([u32(bytes.length, 'big'), bytes]);
};
const mpint = (bytes: Buffer): Buffer =>
  sshString((bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes]));

/** What is found in bytes that lie in the midst of others: kinds with their levels. */
function kindsIn(content: Uint8Array): string[] {
  const bytes = Buffer.concat([Buffer.alloc(61, ' '), content, Buffer.alloc(80)]);
  const { status, findings } = screen(new BufferSource(bytes), [{ address: null, offset: 0, size: bytes.length }]);
  expect(status).toBe('complete');
  return [...new Set(findings.map(({ kind, level }) => `${kind} ${level}`))];
}

const opensshOf = (type: string, open: readonly Buffer[], hidden: readonly Buffer[]): string => {
  const check = randomBytes(4);
  const body = Buffer.concat([check, check, sshString(type), ...hidden, sshString('me')]);
  const file = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    ...['none', 'none', ''].map(sshString),
    u32(1, 'big'),
    sshString(Buffer.concat([sshString(type), ...open])),
    sshString(body),
  ]);
  const lines = file.toString('base64').replace(/.{70}/g, '$&\n');
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines}\n-----END OPENSSH PRIVATE KEY-----\n`;
};
const pair = Buffer.concat([part(ed, 'd'), part(ed, 'x')]);
const point = Buffer.concat([Buffer.of(4), part(ec, 'x'), part(ec, 'y')]);

const openssh: Readonly<Record<string, readonly [string, string]>> = {
  'ssh-rsa': [
    opensshOf(
      'ssh-rsa',
      [mpint(part(rsa, 'e')), mpint(part(rsa, 'n'))],
      (['n', 'e', 'd', 'qi', 'p', 'q'] as const).map((name) => mpint(part(rsa, name))),
    ),
    'rsa-private-key 4',
  ],
  'ssh-ed25519': [
    opensshOf('ssh-ed25519', [sshString(part(ed, 'x'))], [sshString(part(ed, 'x')), sshString(pair)]),
    'ed25519-private-key 4',
  ],
  'ecdsa-sha2-nistp256': [
    opensshOf(
      'ecdsa-sha2-nistp256',
      [sshString('nistp256'), sshString(point)],
      [sshString('nistp256'), sshString(point), mpint(part(ec, 'd'))],
    ),
    'ec-p256-private-key 4',
  ],
};

describe('a key file of OpenSSH', () => {
  test.each(Object.entries(openssh))('%s, in either width', (_, [text, kind]) => {
    expect(kindsIn(Buffer.from(text))).toContain(kind);
    expect(kindsIn(wide(Buffer.from(text)))).toContain(kind);
  });

  test('that is encrypted is a container', () => {
    const file = Buffer.concat([
      Buffer.from('openssh-key-v1\0'),
      ...['aes256-ctr', 'bcrypt', randomBytes(24)].map(sshString),
      u32(1, 'big'),
      sshString(randomBytes(51)),
      sshString(randomBytes(144)),
    ]);
    expect(kindsIn(file)).toEqual(['encrypted-private-key 2']);
  });
});

describe('a key file of PuTTY', () => {
  const block = (name: string, content: Buffer) => {
    const lines = content.toString('base64').replace(/.{64}/g, '$&\n').trimEnd().split('\n');
    return `${name}: ${lines.length}\n${lines.join('\n')}\n`;
  };
  const file = (version: number, encryption: string) =>
    `PuTTY-User-Key-File-${version}: ssh-ed25519\nEncryption: ${encryption}\nComment: me\n` +
    block('Public-Lines', Buffer.concat([sshString('ssh-ed25519'), sshString(part(ed, 'x'))])) +
    block('Private-Lines', sshString(part(ed, 'd'))) +
    `Private-MAC: ${'0'.repeat(64)}\n`;

  test.each([2, 3])('version %i', (version) => {
    expect(kindsIn(Buffer.from(file(version, 'none')))).toContain('ed25519-private-key 4');
    expect(kindsIn(wide(Buffer.from(file(version, 'none').replaceAll('\n', '\r\n'))))).toContain(
      'ed25519-private-key 4',
    );
  });

  test('encrypted is a container', () => {
    expect(kindsIn(Buffer.from(file(3, 'aes256-cbc')))).toContain('encrypted-private-key 2');
  });
});

test('an S-expression of libgcrypt', () => {
  const atom = (name: string, value: Buffer) =>
    Buffer.concat([Buffer.from(`(${name.length}:${name}${value.length}:`), value, Buffer.from(')')]);
  const key = Buffer.concat([
    Buffer.from('(11:private-key(3:rsa'),
    ...(['n', 'e', 'd', 'p', 'q'] as const).map((name) => atom(name, part(rsa, name))),
    Buffer.from('))'),
  ]);
  expect(kindsIn(key)).toContain('rsa-private-key 4');
});

describe('Windows', () => {
  const [n, p, q, e] = (['n', 'p', 'q', 'e'] as const).map((name) => part(rsa, name));
  if (!n || !p || !q || !e) throw new Error('no key');

  test('BCRYPT_RSAPRIVATE_BLOB', () => {
    const head = [n.length * 8, e.length, n.length, p.length, q.length].map((value) => u32(value, 'little'));
    expect(kindsIn(Buffer.concat([Buffer.from('RSA2'), ...head, e, n, p, q]))).toContain('rsa-private-key 4');
  });

  test('PRIVATEKEYBLOB of CryptoAPI', () => {
    const head = Buffer.concat([
      Buffer.from('0702000000a40000', 'hex'),
      Buffer.from('RSA2'),
      u32(n.length * 8, 'little'),
      u32(65537, 'little'),
    ]);
    const numbers = [n, p, q, ...[p, p, p].map(() => randomBytes(p.length)), randomBytes(n.length)];
    expect(kindsIn(Buffer.concat([head, ...numbers.map(reversed)]))).toContain('rsa-private-key 4');
  });

  test('BCRYPT_ECCPRIVATE_BLOB', () => {
    const numbers = (['x', 'y', 'd'] as const).map((name) => part(ec, name));
    expect(kindsIn(Buffer.concat([Buffer.from('ECS2'), u32(32, 'little'), ...numbers]))).toContain(
      'ec-p256-private-key 4',
    );
  });

  test('BCRYPT_KEY_DATA_BLOB', () => {
    const head = [Buffer.from('KDBM'), u32(1, 'little'), u32(32, 'little')];
    expect(kindsIn(Buffer.concat([...head, randomBytes(32)]))).toEqual(['windows-symmetric-key 1']);
  });

  test('a key of lsass', () => {
    const head = [u32(0x60, 'little'), Buffer.from('KSSM'), Buffer.alloc(0x30), u32(32, 'little')];
    expect(kindsIn(Buffer.concat([...head, randomBytes(32)]))).toEqual(['lsass-symmetric-key 1']);
  });

  test('DPAPI', () => {
    const head = Buffer.from('01000000d08c9ddf0115d1118c7a00c04fc297eb', 'hex');
    expect(kindsIn(Buffer.concat([head, randomBytes(100)]))).toEqual(['dpapi-blob 1']);
  });
});

describe('Kerberos', () => {
  test('an EncryptionKey of RFC 4120', () => {
    expect(kindsIn(Buffer.concat([Buffer.from('a003020112a1220420', 'hex'), randomBytes(32)]))).toEqual([
      'kerberos-key 2',
    ]);
  });

  test('a keytab', () => {
    const text = (value: string) => Buffer.concat([Buffer.of(0, value.length), Buffer.from(value)]);
    const entry = Buffer.concat([
      Buffer.of(0, 2),
      ...['EXAMPLE.ORG', 'host', 'db.example.org'].map(text),
      u32(1, 'big'),
      u32(1_700_000_000, 'big'),
      Buffer.of(3, 0, 18, 0, 32),
      randomBytes(32),
    ]);
    expect(kindsIn(Buffer.concat([Buffer.of(5, 2), u32(entry.length, 'big'), entry]))).toEqual([
      'kerberos-keytab-key 2',
    ]);
  });
});

test('a line of a TLS key log, in either width', () => {
  const line = `CLIENT_TRAFFIC_SECRET_0 ${randomBytes(32).toString('hex')} ${randomBytes(48).toString('hex')}\n`;
  expect(kindsIn(Buffer.from(line))).toEqual(['tls-secret 2']);
  expect(kindsIn(wide(Buffer.from(line)))).toEqual(['tls-secret 2']);
});

test('stores of keys are containers', () => {
  const jks = Buffer.concat([Buffer.from('feedfeed0000000200000001' + '00000001', 'hex'), Buffer.from('\0\x05alias')]);
  expect(kindsIn(jks)).toEqual(['java-keystore 2']);
});

test('a state of ChaCha20', () => {
  expect(kindsIn(Buffer.concat([Buffer.from('expand 32-byte k'), randomBytes(48)]))).toEqual(['chacha20-state 1']);
});
