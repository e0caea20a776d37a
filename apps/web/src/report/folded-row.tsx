import type { LenientFrame } from '@crashkeep/report';
import { Icon } from '@crashkeep/ui';
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { FoldedFrames } from './fold-frames.js';
import { frameName, shortName } from './frame-name.js';
import classes from './trace.module.css';

interface FoldedRowProps {
  readonly row: FoldedFrames;
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

function titleOf(row: FoldedFrames): string {
  const count = String(row.frames.length);
  if (row.kind !== 'repeat')
    return row.kind === 'runtime' ? `${count} runtime frames` : `${count} frames without names`;
  const what = row.cycle === 1 ? 'The same call' : `The same ${String(row.cycle)} calls`;
  return `${what}, ${String(row.times)} times`;
}

function namesOf(row: FoldedFrames): string {
  if (row.kind === 'repeat') return row.frames.slice(0, row.cycle).map(shortName).join(' ← ');
  const [first, last] = [row.frames[0], row.frames.at(-1)];
  if (row.kind === 'nameless') return first?.module ?? '';
  return [first, last].flatMap((frame) => (frame === undefined ? [] : [frameName(frame)])).join(' … ');
}
