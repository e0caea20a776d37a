import type { LenientFrame, LenientModule, LenientThread } from '@crashkeep/report';
import { SealedRow, formatCounted } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import { type FrameRow, foldFrames } from './fold-frames.js';
import { FoldedRow } from './folded-row.js';
import { FrameLine } from './frame-line.js';
import classes from './trace.module.css';

interface TraceProps {
  readonly thread: LenientThread;
  readonly modules: readonly LenientModule[];
  /** The first frame is where it crashed. */
  readonly crashed?: boolean;
  readonly unfolded: boolean;
}

export function Trace({ thread, modules, crashed = false, unfolded }: TraceProps): ReactNode {
  const { frames, frames_withheld: withheld, truncated } = thread;
  const rows: readonly FrameRow[] = unfolded ? frames.map((frame) => ({ kind: 'frame', frame })) : foldFrames(frames);
  const line = (frame: LenientFrame): ReactNode => (
    <FrameLine
      key={frame.index}
      frame={frame}
      whole={unfolded}
      hot={crashed && frame.index === 0}
      hasSymbols={frame.module_index !== null && modules[frame.module_index]?.symbols_loaded === true}
    />
  );
  return (
    <ol className={classes['trace']}>
      {rows.map((row) =>
        row.kind === 'frame' ? line(row.frame) : <FoldedRow key={row.frames[0]?.index} row={row} line={line} />,
      )}
      {frames.length === 0 && <li className={classes['remark']}>No frame of this thread could be found.</li>}
      {truncated && <li className={classes['remark']}>The stack goes on. The walk ended at its limit.</li>}
      {withheld > 0 && (
        <li>
          <SealedRow>
            {formatCounted(withheld, 'more frame was', 'more frames were')} found by scanning and no symbol names{' '}
            {withheld === 1 ? 'it' : 'them'}. Counted, not shown: a word of memory can look like an address.
          </SealedRow>
        </li>
      )}
    </ol>
  );
}
