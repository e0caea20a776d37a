import { createHmac } from 'node:crypto';
import type { Place } from '../frame/window.js';
import { isKnownPublicKey } from '../known/known-public-keys.js';
import { isFixedAesKey } from '../known/fixed-aes-keys.js';
import { publicPartOf } from '../keys/public-part.js';
import { canonicalBytes, identityOf, kindOf, type Secret } from '../keys/secret.js';
import type { Coverage } from './coverage.js';
import { type DetectorId, versioned } from './detector.js';
import type { FileSpan, Finding, Level, PublicPart } from './finding.js';
import { severityOf } from './severity.js';

export interface Sighting {
  readonly place: Place;
  readonly length: number;
  readonly detector: DetectorId;
  readonly level: Level;
  /** Absent where it was recorded by place alone: the bytes themselves. */
  readonly mask?: FileSpan;
  /** Its other parts, where it lies in the file in several. */
  readonly rest?: readonly Sighting[];
}

/** A secret of this job and where it was seen. */
interface Case {
  readonly number: number;
  readonly kind: string;
  readonly secret: Secret | null;
  readonly public: PublicPart | null;
  level: Level;
  readonly sightings: Sighting[];
}

export interface TakenCase {
  readonly level: Level;
  readonly detectors: ReadonlySet<DetectorId>;
}

const MOST_SIGHTINGS = 100_000;

/** What a job knows so far: one case a secret, with all its sightings. Secrets are in here and stay in here. */
export class CaseBook {
  readonly #cases = new Map<string, Case>();
  /** The same object comes with each of its copies: it is named once. */
  readonly #named = new Map<Secret, string>();
  readonly #coverage: Coverage;
  #sightings = 0;
  #next = 0;

  constructor(coverage: Coverage) {
    this.#coverage = coverage;
  }

  /** A secret whose value is known. What is published and fixed is no secret: false. */
  record(secret: Secret, sighting: Sighting): boolean {
    const named = this.#named.get(secret);
    if (named !== undefined) {
      this.#add(named, { kind: '', secret, public: null }, sighting);
      return true;
    }
    if (secret.type === 'aes' && isFixedAesKey(secret.key)) return false;
    const publicPart = publicPartOf(secret);
    if (publicPart !== null && isKnownPublicKey(publicPart.spki)) return false;
    const identity = identityOf(secret);
    this.#named.set(secret, identity);
    this.#add(identity, { kind: kindOf(secret), secret, public: publicPart }, sighting);
    return true;
  }

  /** Something that is a secret by its shape: a container, an encrypted key, a name. Each is a case of its own. */
  recordShape(kind: string, sighting: Sighting, publicPart: PublicPart | null = null): void {
    this.#add(`${kind} ${sighting.place.offset}`, { kind, secret: null, public: publicPart }, sighting);
  }

  /**
   * What copies are to be looked for. Of the controls, which lie from `controlsAt` on, the curve keys alone: they have few forms,
   * and a job over a small file should not spend its time on its own keys.
   */
  secrets(
    controlsAt: number,
  ): readonly { readonly secret: Secret; readonly level: Level; readonly isControl: boolean }[] {
    return [...this.#cases.values()].flatMap(({ secret, level, sightings }) => {
      if (secret === null) return [];
      const isControl = sightings.every(({ place }) => place.offset >= controlsAt);
      return isControl && secret.type !== 'okp' ? [] : [{ secret, level, isControl }];
    });
  }

  /** Takes out whatever was seen at `offset` or behind it: the controls. By identity: the level, and who saw it. */
  takeFrom(offset: number): Map<string, TakenCase> {
    const taken = new Map<string, TakenCase>();
    for (const [identity, { sightings, level }] of this.#cases) {
      if (!sightings.some(({ place }) => place.offset >= offset)) continue;
      taken.set(identity, { level, detectors: new Set(sightings.map(({ detector }) => detector)) });
      this.#cases.delete(identity);
    }
    return taken;
  }

  /** By place; sightings that lie inside another of the same secret are one with it. */
  findings(fingerprintKey: Uint8Array | null): Finding[] {
    const all = [...this.#cases.values()].flatMap((found) => findingsOf(found, fingerprintKey));
    return all.sort((a, b) => a.offset - b.offset || a.secret - b.secret);
  }

  #add(identity: string, about: Pick<Case, 'kind' | 'secret' | 'public'>, sighting: Sighting): void {
    for (const part of sighting.rest ?? []) this.#add(identity, about, part);
    if (this.#sightings >= MOST_SIGHTINGS) {
      this.#coverage.skip(sighting.detector, 'finding-budget');
      return;
    }
    this.#sightings += 1;
    const known = this.#cases.get(identity);
    if (known === undefined) {
      const number = this.#next++;
      const { level } = sighting;
      this.#cases.set(identity, { ...about, number, level, sightings: [sighting] });
      return;
    }
    known.sightings.push(sighting);
    if (sighting.level > known.level) known.level = sighting.level;
  }
}

function findingsOf(found: Case, fingerprintKey: Uint8Array | null): Finding[] {
  const { kind, level, number, secret } = found;
  const fingerprint = fingerprintKey === null || secret === null ? null : fingerprintOf(secret, fingerprintKey);
  return merged(found.sightings).map(({ place, length, detector, mask }) => ({
    kind,
    level,
    severity: severityOf(kind, level),
    offset: place.offset,
    address: place.address,
    length,
    mask: mask ?? { offset: place.offset, length },
    detector: versioned(detector),
    public: found.public,
    secret: number,
    fingerprint,
  }));
}

function merged(sightings: readonly Sighting[]): Sighting[] {
  const kept: Sighting[] = [];
  const byOffset = [...sightings].sort((a, b) => a.place.offset - b.place.offset || b.length - a.length);
  for (const sighting of byOffset) {
    const last = kept.at(-1);
    if (last === undefined || sighting.place.offset >= last.place.offset + last.length) {
      kept.push(sighting);
      continue;
    }
    const end = Math.max(last.place.offset + last.length, sighting.place.offset + sighting.length);
    kept[kept.length - 1] = { ...last, length: end - last.place.offset, mask: around(maskOf(last), maskOf(sighting)) };
  }
  return kept;
}

const maskOf = ({ place, length, mask }: Sighting): FileSpan => mask ?? { offset: place.offset, length };

function around(a: FileSpan, b: FileSpan): FileSpan {
  const offset = Math.min(a.offset, b.offset);
  return { offset, length: Math.max(a.offset + a.length, b.offset + b.length) - offset };
}

/** 128 bits of HMAC-SHA-256 over type, length and value. */
function fingerprintOf(secret: Secret, key: Uint8Array): string {
  const value = canonicalBytes(secret);
  const hmac = createHmac('sha256', key)
    .update(`vault-fp-v1 ${kindOf(secret)} ${value.length} `)
    .update(value);
  return hmac.digest('hex').slice(0, 32);
}
