import { readBytes } from '../device/this-device.js';
import { useMe } from '../session/use-me.js';
import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

import { type ViewedGrant as Grant, askedOf } from './viewed-grant.js';
import { type Mask, type MaskCause, maskedAt, parseMasks } from './masks.js';
import { pageAt, rangeHolding } from './pages.js';

/** One answer. */
interface ReadPage {
  readonly bytes: Uint8Array;
  readonly masks: readonly Mask[];
}

export interface GrantedMemory {
  /** One byte, or null where it was not read yet. */
  byteAt(address: bigint): number | null;
  /** Why a byte that was read is hidden; null where it is what the dump holds. */
  maskAt(address: bigint): MaskCause | null;
  /** Bytes from an address on, while they were read and are not hidden; up to `length`. */
  bytesAt(address: bigint, length: number): Uint8Array;
  /** Reads the page of an address: charged, and recorded, before it is shown. */
  read(address: bigint): void;
  readonly reading: boolean;
  readonly failure: unknown;
  /** Bytes left, as the last answer said; null before the first. */
  readonly budgetLeft: number | null;
}

/**
 * The bytes that this page was given. They live in this component alone: no query cache, no storage, and they are wiped
 * when the page is left.
 */
export function useGrantedMemory(grant: Grant): GrantedMemory {
  const pages = useWipedPages();
  const [, setRevision] = useState(0);
  const [reading, setReading] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [budgetLeft, setBudgetLeft] = useState<number | null>(null);
  const queryClient = useQueryClient();
  const { csrf } = useMe();
  const { id, ranges } = grant;

  const read = useCallback(
    (address: bigint) => {
      const range = rangeHolding(ranges, address);
      if (range === null) return;
      const page = pageAt(range, address);
      if (pages.current.has(page.address)) return;
      setReading(true);
      readBytes(id, [askedOf(range, page.address, page.length)], csrf)
        .then(({ bytes, headers }) => {
          pages.current.set(page.address, { bytes, masks: parseMasks(headers.get('x-crashkeep-masks')) });
          setBudgetLeft(Number(headers.get('x-crashkeep-budget-left') ?? 0));
          setFailure(null);
        }, setFailure)
        .finally(() => {
          setReading(false);
          setRevision((revision) => revision + 1);
          void queryClient.invalidateQueries({ queryKey: ['reads', id] });
          void queryClient.invalidateQueries({ queryKey: ['grant', id] });
        });
    },
    [id, ranges, csrf, queryClient, pages],
  );

  const byteAt = (address: bigint): number | null => {
    const range = rangeHolding(ranges, address);
    if (range === null) return null;
    const page = pageAt(range, address);
    return pages.current.get(page.address)?.bytes[Number(address - page.address)] ?? null;
  };
  const maskAt = (address: bigint): MaskCause | null => {
    const range = rangeHolding(ranges, address);
    if (range === null) return null;
    const page = pageAt(range, address);
    return maskedAt(pages.current.get(page.address)?.masks ?? [], Number(address - page.address));
  };
  const bytesAt = (address: bigint, length: number): Uint8Array => {
    const found: number[] = [];
    for (let at = 0n; at < BigInt(length); at++) {
      const byte = byteAt(address + at);
      if (byte === null || maskAt(address + at) !== null) break;
      found.push(byte);
    }
    return Uint8Array.from(found);
  };
  return { byteAt, maskAt, bytesAt, read, reading, failure, budgetLeft };
}

/** Pages that were read; wiped when the component goes. */
function useWipedPages(): RefObject<Map<bigint, ReadPage>> {
  const pages = useRef(new Map<bigint, ReadPage>());
  useEffect(() => {
    const held = pages.current;
    return () => {
      for (const { bytes } of held.values()) bytes.fill(0);
      held.clear();
    };
  }, []);
  return pages;
}
