import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ReportRow } from '../api/wire.js';
import { useRowKeys } from '../groups/use-row-keys.js';
import classes from './report-list.module.css';
import { ReportLine } from './report-line.js';

const ROW_PX = 59;
/** Rows from the end at which the next page is asked for. */
const AHEAD = 15;

interface ReportListProps {
  readonly rows: readonly ReportRow[];
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  readonly onMore: () => void;
}

/** Only the rows on screen are drawn, however many there are. */
export function ReportList({ rows, hasMore, loadingMore, onMore }: ReportListProps): ReactNode {
  const list = useRef<HTMLOListElement>(null);
  const [top, setTop] = useState(0);
  const navigate = useNavigate();
  useLayoutEffect(() => {
    setTop(list.current?.offsetTop ?? 0);
  }, []);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_PX,
    overscan: 12,
    scrollMargin: top,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  const { current } = useRowKeys(rows.length, (index) => {
    const row = rows[index];
    if (row !== undefined) void navigate({ to: '/reports/$reportId', params: { reportId: row.id } });
  });
  useEffect(() => {
    if (current !== null) virtual.scrollToIndex(current, { align: 'auto' });
  }, [current, virtual]);
  const drawn = virtual.getVirtualItems();
  const nearEnd = (drawn.at(-1)?.index ?? 0) >= rows.length - AHEAD;
  useEffect(() => {
    if (nearEnd && hasMore && !loadingMore) onMore();
  }, [nearEnd, hasMore, loadingMore, onMore]);
  return (
    <>
      <ol ref={list} className={classes['list']} style={{ height: virtual.getTotalSize() }}>
        {drawn.map(({ index, key, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              style={{ transform: `translateY(${String(start - virtual.options.scrollMargin)}px)` }}
            >
              <ReportLine row={row} current={index === current} />
            </li>
          );
        })}
      </ol>
      {hasMore && (
        <div className={classes['foot']}>
          <Button size="xs" loading={loadingMore} onClick={onMore}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}
