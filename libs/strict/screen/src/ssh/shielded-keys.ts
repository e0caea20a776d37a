import { createCipheriv, createHash } from 'node:crypto';
import type { Part, Window } from '../frame/window.js';
import { Budget, type Coverage } from '../job/coverage.js';
import { countDistinct } from '../rsa/distinct-bytes.js';

/** sshkey.c since 8.1: a key at rest is encrypted with AES-256-CTR; key and counter are the SHA-512 of so many random bytes. */
export const PREKEY_BYTES = 16 * 1024;
/** A shielded key that is longer is none that OpenSSH makes. */
export const SHIELDED_BYTES = 8 * 1024;
/** Sizes that glibc gives the chunk of a pre-key: its own, and what a chunk that was split off an old one may have more. */
export const PREKEY_CHUNKS: Readonly<Record<'from' | 'to', number>> = { from: 0x4010, to: 0x5010 };
const MOST_PREKEYS = 64;

export interface Shield {
  readonly key: Uint8Array;
  readonly counter: Uint8Array;
  /** Where the pre-key lies. */
  readonly parts: readonly Part[];
}

const TYPES = [
  'ssh-rsa',
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'sk-ssh-ed25519@openssh.com',
];

/** Pre-keys of the dump. */
export class ShieldPool {
  readonly shields: Shield[] = [];
  readonly #seen = new Set<string>();
  readonly #budget: Budget;

  constructor(coverage: Coverage) {
    this.#budget = new Budget(coverage, 'ssh-shield', 'candidate-budget', MOST_PREKEYS);
  }

  /** glibc writes the size of a chunk before it: 16 KiB and a little. `at` is where such a size lies. */
  addBehind(window: Window, at: number): void {
    const { words, bytes, to } = window;
    const start = at + 8;
    if ((at & 7) !== 0 || words[(at >> 2) + 1] !== 0 || start + PREKEY_BYTES > to) return;
    if (countDistinct(bytes, start, 1024) < 240) return;
    this.#add(bytes.subarray(start, start + PREKEY_BYTES), window.parts({ from: start, to: start + PREKEY_BYTES }));
  }

  #add(prekey: Uint8Array, parts: readonly Part[]): void {
    const digest = createHash('sha512').update(prekey).digest();
    const name = digest.toString('hex');
    if (this.#seen.has(name) || !this.#budget.spend()) return;
    this.#seen.add(name);
    this.shields.push({ key: digest.subarray(0, 32), counter: digest.subarray(32, 48), parts });
  }
}

/** How a shielded key begins under this pre-key: 16 bytes each, literal, for each type that there is. */
export function shieldedHeads(shield: Shield): Uint8Array[] {
  const stream = keystream(shield, new Uint8Array(32));
  return TYPES.map((type) => {
    const head = Buffer.concat([Buffer.of(0, 0, 0, type.length), Buffer.from(type)]);
    return head.subarray(0, 16).map((byte, i) => byte ^ (stream[i] ?? 0));
  });
}

export function unshield(shield: Shield, ciphertext: Uint8Array): Uint8Array {
  return keystream(shield, ciphertext);
}

function keystream({ key, counter }: Shield, input: Uint8Array): Uint8Array {
  return createCipheriv('aes-256-ctr', key, counter).update(input);
}
