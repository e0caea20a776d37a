import { useState } from 'react';
import { useKeys } from '../app/use-keys.js';

interface RowKeys {
  /** Index of the row that the keyboard stands on; null before the first key. */
  readonly current: number | null;
}

/** `j` and `k` move, Enter opens. Keys pressed in a field are the field's. */
export function useRowKeys(rows: number, onOpen: (row: number) => void): RowKeys {
  const [wanted, setCurrent] = useState<number | null>(null);
  const current = wanted === null || rows === 0 ? null : Math.min(wanted, rows - 1);
  useKeys([
    [
      'j',
      () => {
        setCurrent(step(current, 1, rows));
      },
    ],
    [
      'k',
      () => {
        setCurrent(step(current, -1, rows));
      },
    ],
    [
      'Enter',
      (event) => {
        if (current !== null && !isControl(event.target)) onOpen(current);
      },
    ],
  ]);
  return { current };
}

export function step(current: number | null, by: number, rows: number): number | null {
  if (rows === 0) return null;
  if (current === null) return by > 0 ? 0 : rows - 1;
  return Math.min(rows - 1, Math.max(0, current + by));
}

/** Enter on a link or button is already an act of its own. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('a, button, [role="menu"], [role="dialog"]') !== null;
}
