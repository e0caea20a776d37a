import { Note } from '@crashkeep/ui';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';

import type { ViewedGrant as Grant } from './viewed-grant.js';
import { explain } from '../app/explain.js';
import type { GrantedMemory } from './granted-memory.js';
import { HexLine } from './hex-line.js';
import classes from './hex-view.module.css';
import { ROW_BYTES, rowAt, rowCount, rowOf } from './pages.js';
import { Watermark } from './watermark.js';

const ROW_PX = 22;

interface HexViewProps {
  readonly grant: Grant;
  readonly memory: GrantedMemory;
  readonly cursor: bigint;
  readonly onCursor: (address: bigint) => void;
  readonly watermark: string;
}

/** Fixed rows, so that nothing jumps; a page that was not read says what reading it costs. */
export function HexView({ grant, memory, cursor, onCursor, watermark }: HexViewProps): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const count = rowCount(grant.ranges);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const current = rowOf(grant.ranges, cursor);
  useEffect(() => {
    if (current !== null) virtual.scrollToIndex(current, { align: 'auto' });
  }, [current, virtual]);
  const move = (event: KeyboardEvent): void => {
    const next = moved(event.key, cursor);
    if (event.key === 'Enter') memory.read(cursor);
    else if (next === null || rowOf(grant.ranges, next) === null) return;
    else onCursor(next);
    event.preventDefault();
  };
  return (
    <>
      <div className={classes['head']} aria-hidden="true">
        <span>Address</span>
        <span className="mono">00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f</span>
        <span>Text</span>
      </div>
      {memory.failure !== null && (
        <div className={classes['failure']}>
          <Note tone="danger" role="alert">
            {explain(memory.failure)} Nothing was shown, nothing was charged.
          </Note>
        </div>
      )}
      <div
        ref={scroller}
        className={classes['rows']}
        tabIndex={0}
        role="grid"
        aria-label="Granted memory. Arrow keys move, Enter reads the page."
        aria-rowcount={count}
        onKeyDown={move}
      >
        <Watermark text={watermark} />
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rowAt(grant.ranges, index);
            if (row === null) return null;
            return (
              <HexLine
                key={index}
                row={row}
                top={start}
                cursor={cursor}
                memory={memory}
                mayRead={grant.may.read}
                onCursor={onCursor}
              />
            );
          })}
        </div>
      </div>
      <div className={classes['foot']}>
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> <kbd>←</kbd> <kbd>→</kbd> move
        </span>
        <span>
          <kbd>Enter</kbd> read this page
        </span>
      </div>
    </>
  );
}

function moved(key: string, from: bigint): bigint | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -ROW_BYTES,
    ArrowDown: ROW_BYTES,
    PageUp: -ROW_BYTES * 16,
    PageDown: ROW_BYTES * 16,
  };
  const step = steps[key];
  return step === undefined ? null : from + BigInt(step);
}
