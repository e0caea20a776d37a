// The protocol is that of planted.c.
import { createCipheriv, createPrivateKey, createSecretKey, sign } from 'node:crypto';
import { readSync } from 'node:fs';

const read = (length) => {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length;) at += readSync(0, bytes, at, length - at);
  return bytes;
};
globalThis.kept = [];
for (;;) {
  const head = read(5);
  if (head[0] === 46) break;
  const bytes = read(head.readUInt32BE(1));
  if (head[0] === 65) {
    const key = createSecretKey(bytes);
    const cipher = createCipheriv(
      bytes.length === 32 ? 'aes-256-gcm' : 'aes-128-cbc',
      key,
      Buffer.alloc(bytes.length === 32 ? 12 : 16),
    );
    cipher.update('hello');
    globalThis.kept.push(key, cipher);
  } else {
    const key = createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' });
    sign(key.asymmetricKeyType === 'ed25519' ? null : 'sha256', Buffer.from('hello'), key);
    globalThis.kept.push(key);
  }
  bytes.fill(0);
}
console.log('ready');
setTimeout(() => {}, 600_000);
