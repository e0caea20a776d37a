import type { PatternMatch } from '../copies/pattern-table.js';
import type { Window } from '../frame/window.js';
import { type Job, sightingIn } from '../job/job.js';
import { okpKeyOfPoint } from '../keys/curve-key.js';
import { rsaFromPrimeExponent } from '../keys/rsa-key.js';
import { looksRandom } from '../rsa/distinct-bytes.js';
import { privateKeyAt } from '../ssh/openssh-file.js';
import { type Shield, SHIELDED_BYTES, unshield } from '../ssh/shielded-keys.js';
import type { Probe } from './probe-table.js';

/** What was looked for is there: proves what it was looked for, and records it. */
export function answerProbe(window: Window, { owner, at, length }: PatternMatch<Probe>, job: Job): void {
  switch (owner.proves) {
    case 'copy':
      job.book.record(owner.secret, sightingIn(window, 'copies', owner.level, { from: at, to: at + length }));
      return;
    case 'scalar': {
      const { place, length: seenLength } = owner.seen;
      job.book.record(owner.secret, { place, length: seenLength, detector: 'curve-scalar', level: 4 });
      return;
    }
    case 'prime': {
      const secret = rsaFromPrimeExponent(owner.seen.value, owner.exponent);
      const { place } = owner.seen;
      if (secret !== null)
        job.book.record(secret, { place, length: owner.seen.length, detector: 'rsa-numbers', level: 4 });
      return;
    }
    case 'seed':
      seedBefore(window, at, owner.point, job);
      return;
    case 'shielded':
      shieldedAt(window, at, owner.shield, job);
      return;
  }
}

/** libsodium, Go and ssh keep a seed with its public half behind it, wherever in random bytes that lies. */
function seedBefore(window: Window, at: number, point: Uint8Array, job: Job): void {
  const from = at - 32;
  if (from < window.from || !looksRandom(window.bytes, from, 32)) return;
  const secret = okpKeyOfPoint('Ed25519', window.bytes.subarray(from, at), point);
  if (secret === null) return;
  job.book.record(secret, sightingIn(window, 'curve-scalar', 4, { from, to: from + 64 }));
}

/** A shielded key: its pre-key opens it, and its numbers prove it. Both are recorded: one without the other is nothing. */
function shieldedAt(window: Window, at: number, shield: Shield, job: Job): void {
  const opened = unshield(shield, window.bytes.subarray(at, Math.min(at + SHIELDED_BYTES, window.to)));
  const key = privateKeyAt(opened, 0);
  if (key?.secret == null) return;
  const span = { from: at, to: at + Math.ceil(key.to / 16) * 16 };
  job.book.record(key.secret, sightingIn(window, 'ssh-shield', key.level, span));
  for (const part of shield.parts) {
    job.book.record(key.secret, { ...part, detector: 'ssh-shield', level: key.level });
  }
}
