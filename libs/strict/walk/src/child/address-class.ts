import type { ProcessSnapshot, RegionInfo } from '@crashkeep/snapshot';
import type { WalkResult } from '../walk-result.js';

type AddressClass = NonNullable<WalkResult['crashAddress']>['class'];

/** What is told of a fault address instead of its value (DESIGN.md 6). */
export interface ClassifiedAddress {
  readonly class: AddressClass;
  /** Below one page, with class null. */
  readonly offset: number | null;
  /** Ordinal, with class module. */
  readonly module: number | null;
}

const NULL_PAGE = 4096n;
/** A stack that has run over faults below what was saved of it: the guard page and the frame that skipped it. */
const BELOW_STACK = 64n * 1024n;
const CANONICAL_LOW_END = 0x0000_8000_0000_0000n;
const CANONICAL_HIGH_START = 0xffff_8000_0000_0000n;

export function classifyAddress(snapshot: ProcessSnapshot, address: bigint): ClassifiedAddress {
  const plain = (name: AddressClass): ClassifiedAddress => ({ class: name, offset: null, module: null });
  if (address < NULL_PAGE) return { class: 'null', offset: Number(address), module: null };
  if (snapshot.cpu === 'amd64' && address >= CANONICAL_LOW_END && address < CANONICAL_HIGH_START) {
    return plain('non-canonical');
  }
  const module = snapshot.modules.find(({ base, size }) => address >= base && address < base + BigInt(size));
  if (module !== undefined) return { class: 'module', offset: null, module: module.ordinal };
  if (isStack(snapshot, address)) return plain('stack');
  return plain(isHeapLike(snapshot, address) ? 'heap-like' : 'other');
}

function isStack(snapshot: ProcessSnapshot, address: bigint): boolean {
  return snapshot.threads.some(({ stack, context }) => {
    const inside = stack !== null && address >= stack.address && address < stack.address + BigInt(stack.size);
    const pointer = context?.stackPointer ?? null;
    return inside || (pointer !== null && address < pointer && address >= pointer - BELOW_STACK);
  });
}

/** Written by the program and no module's: heap, arena or anonymous mapping. */
function isHeapLike({ regionInfo, memory }: ProcessSnapshot, address: bigint): boolean {
  const region = regionInfo.find((info) => holds(info, address));
  return region === undefined ? memory.regionAt(address) !== null : region.writable;
}

function holds(region: RegionInfo, address: bigint): boolean {
  return address >= region.address && address < region.address + region.size;
}
