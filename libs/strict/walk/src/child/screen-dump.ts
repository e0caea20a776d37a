import { isElfCore, readElfCore } from '@crashkeep/elfcore';
import { isMinidump, readMinidump } from '@crashkeep/minidump';
import { type Finding, regionsOfDump, screen, type ScreenRegion } from '@crashkeep/screen';
import { BufferSource, type ByteSource } from '@crashkeep/snapshot';
import type { ScreenAnswer } from '../screen-answer.js';
import { coarser, mergeRanges, type RangePair } from '../file-ranges.js';

/**
 * Makes the digests that leave this process for its parent, which keys them before they are kept: a child has no key, and
 * this is none.
 */
const DIGEST_LABEL = Buffer.from('crashkeep/secret-digest/v1');
const HEAD_BYTES = 64;
const UNSEARCHED_MAX = 65_536;
const RANGES_MAX = 64;

/** Runs everything once over nothing: its controls use every detector, and code that is loaded lazily is loaded now. */
export function warmUp(): void {
  screen(new BufferSource(new Uint8Array(0)), [], { fingerprintKey: DIGEST_LABEL });
}

export function screenInChild(
  source: ByteSource,
  { isDump, passMilliseconds }: { readonly isDump: boolean; readonly passMilliseconds: number },
): ScreenAnswer {
  const regions = isDump ? regionsOf(source) : plain(source);
  const result = screen(source, regions, { fingerprintKey: DIGEST_LABEL, passMilliseconds });
  const inFile = new RegionIndex(regions);
  const unsearched = result.unsearched.map(({ offset, size }): RangePair => [offset, size]);
  return {
    status: result.status,
    detectors: result.detectors,
    skipped: result.skipped.map(({ detector, reason, count }) => ({ detector, reason, count })),
    unsearched: coarser(mergeRanges(unsearched), UNSEARCHED_MAX),
    ...findingsOnWire(result.findings, inFile),
    claimedBytes: result.claimedBytes,
    readBytes: result.readBytes,
    constantBytes: result.constantBytes,
  };
}

function regionsOf(source: ByteSource): readonly ScreenRegion[] {
  try {
    const head = source.read(0, Math.min(HEAD_BYTES, source.size)).slice();
    if (isMinidump(head)) return regionsOfDump(readMinidump(source).memory.regions, source.size);
    if (isElfCore(head)) return regionsOfDump(readElfCore(source).memory.regions, source.size);
  } catch {
    // What cannot be read as a dump still holds what it holds.
  }
  return plain(source);
}

const plain = ({ size }: ByteSource): ScreenRegion[] => [{ address: null, offset: 0, size }];

function findingsOnWire(
  findings: readonly Finding[],
  inFile: RegionIndex,
): Pick<ScreenAnswer, 'secrets' | 'sightings'> {
  const ordinals = new Map<number, number>();
  const secrets: ScreenAnswer['secrets'] = [];
  const sightings = findings.map((finding) => {
    let secret = ordinals.get(finding.secret);
    if (secret === undefined) {
      secret = secrets.length;
      ordinals.set(finding.secret, secret);
      const { kind, level, severity, fingerprint: digest } = finding;
      secrets.push({
        kind,
        level,
        severity,
        digest,
        spki: finding.public?.spki ?? null,
        ssh: finding.public?.ssh ?? null,
      });
    }
    const { offset, length, detector, address, mask } = finding;
    return {
      ...{ secret, offset, length, detector },
      address: address === null ? null : `0x${address.toString(16)}`,
      // Its heap chunk as well, where that is known.
      ranges: coarser(mergeRanges([...inFile.pieces(finding), [mask.offset, mask.length]]), RANGES_MAX),
    };
  });
  return { secrets, sightings };
}

/** Where bytes of the address space lie in the file: a key across the edge of two regions lies in two places. */
class RegionIndex {
  readonly #regions: readonly (ScreenRegion & { readonly address: bigint })[];

  constructor(regions: readonly ScreenRegion[]) {
    this.#regions = regions
      .filter((region): region is ScreenRegion & { readonly address: bigint } => region.address !== null)
      .sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
  }

  pieces({ offset, length, address }: Finding): RangePair[] {
    const here: RangePair = [offset, length];
    if (address === null) return [here];
    const pieces: RangePair[] = [];
    let at = address;
    const end = address + BigInt(length);
    for (let i = this.#lastAt(address, offset); at < end; i++) {
      const region = this.#regions[i];
      if (region === undefined || region.address > at) break;
      const inside = Number(at - region.address);
      const size = Math.min(Number(end - at), region.size - inside);
      if (size <= 0) continue;
      pieces.push([region.offset + inside, size]);
      at += BigInt(size);
    }
    // Where regions overlap, no path through them is sure: what the file says is.
    return pieces[0]?.[0] === offset && at === end ? mergeRanges(pieces) : [here];
  }

  /** The region from which `offset` was read. */
  #lastAt(address: bigint, offset: number): number {
    let low = 0;
    let high = this.#regions.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#regions[middle]?.address ?? 0n) <= address) low = middle + 1;
      else high = middle;
    }
    for (let i = low - 1; i >= 0; i--) {
      const region = this.#regions[i];
      if (region !== undefined && region.offset + Number(address - region.address) === offset) return i;
    }
    return this.#regions.length;
  }
}
