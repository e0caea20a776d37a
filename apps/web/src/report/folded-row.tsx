import type { LenientFrame } from '@crashkeep/report';
import { Icon } from '@crashkeep/ui';
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { FrameRow } from './fold-frames.js';
import { frameName, shortName } from './frame-name.js';
import classes from './trace.module.css';

interface FoldedRowProps {
  readonly row: Exclude<FrameRow, { readonly kind: 'frame' }>;
  readonly line: (frame: LenientFrame) => ReactNode;
}

/** Several frames in one row, until someone opens it. */
export function FoldedRow({ row, line }: FoldedRowProps): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <>
      <li className={classes['fold']}>
        <Button
          variant="ghost"
          size="xs"
          aria-expanded={open}
          leftSection={<Icon name={open ? 'down' : 'right'} size={14} />}
          onClick={() => {
            setOpen(!open);
          }}
        >
          {titleOf(row)}
        </Button>
        {!open && <span className="mono t12 muted trunc">{namesOf(row)}</span>}
      </li>
      {open && row.frames.map(line)}
    </>
  );
}

function titleOf(row: FoldedRowProps['row']): string {
  if (row.kind === 'runtime') return `${String(row.frames.length)} runtime frames`;
  const what = row.cycle === 1 ? 'The same call' : `The same ${String(row.cycle)} calls`;
  return `${what}, ${String(row.times)} times`;
}

function namesOf({ kind, frames, ...row }: FoldedRowProps['row']): string {
  if (kind === 'repeat') {
    const cycle = 'cycle' in row ? row.cycle : frames.length;
    return frames.slice(0, cycle).map(shortName).join(' ← ');
  }
  const [first, last] = [frames[0], frames.at(-1)];
  return [first, last].flatMap((frame) => (frame === undefined ? [] : [frameName(frame)])).join(' … ');
}
