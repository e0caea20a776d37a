import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A secret in the forms in which it could ride out; windows of `length` bytes of each. */
export function formsOf(secret: string): Buffer[] {
  const raw = Buffer.from(secret);
  const reversed = Buffer.from(raw).reverse();
  return [
    raw,
    reversed,
    Buffer.from(secret, 'utf16le'),
    Buffer.from(raw.toString('hex')),
    Buffer.from(raw.toString('hex').toUpperCase()),
    ...[0, 1, 2].map((shift) => base64Core(raw.subarray(shift))),
  ];
}

/** Base64 without the characters at its end that depend on what follows. */
function base64Core(bytes: Buffer): Buffer {
  return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64'));
}

/** Paths under a folder whose content holds any of the needles. */
export function filesHolding(folder: string, needles: readonly Buffer[]): string[] {
  return filesUnder(folder).filter((path) => {
    const bytes = readFileSync(path);
    return needles.some((needle) => bytes.includes(needle));
  });
}

export function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return [];
    if (found.isDirectory()) return filesUnder(path);
    return found.isFile() ? [path] : [];
  });
}

/** Length of the part that must not appear: shorter ones are in every large file by chance. */
const WINDOW_BYTES = 6;

/** Each window of six bytes of random bytes, in the forms in which it could ride out. Base64 in all three alignments. */
export function windowsOf(random: Buffer): Buffer[] {
  const starts = Array.from({ length: random.length - WINDOW_BYTES + 1 }, (_, at) => at);
  return starts.flatMap((at) => {
    const window = random.subarray(at, at + WINDOW_BYTES);
    const hex = window.toString('hex');
    const base64 = random.subarray(at, at + 6).toString('base64');
    return [
      window,
      Buffer.from(window).reverse(),
      Buffer.from(hex),
      Buffer.from(hex.toUpperCase()),
      Buffer.from(hex, 'utf16le'),
      Buffer.from(Buffer.from(window).reverse().toString('hex')),
      Buffer.from(base64),
      Buffer.from(random.subarray(at, at + 6).toString('base64url')),
    ];
  });
}
