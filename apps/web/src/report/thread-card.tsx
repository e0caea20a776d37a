import type { LenientReport, LenientThread } from '@crashkeep/report';
import { Badge, Card } from '@crashkeep/ui';
import { SegmentedControl } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Trace } from './trace.js';

interface ThreadCardProps {
  readonly thread: LenientThread;
  readonly report: LenientReport;
}

/** The thread that crashed. Runtime frames and cycles are folded until someone wants them all. */
export function ThreadCard({ thread, report }: ThreadCardProps): ReactNode {
  const [shown, setShown] = useState('yours');
  const all = `All ${String(thread.frames.length)}`;
  return (
    <Card
      title={`Thread ${String(thread.index)}${report.crash_reason === null ? '' : ', crashed'}`}
      note={
        thread.name === null ? undefined : (
          <Badge tone="plain" mono>
            {thread.name}
          </Badge>
        )
      }
      end={
        <SegmentedControl
          aria-label="Frames"
          value={shown}
          onChange={setShown}
          data={[
            { value: 'yours', label: 'Yours first' },
            { value: 'all', label: all },
          ]}
        />
      }
    >
      <Trace thread={thread} modules={report.modules} crashed unfolded={shown === 'all'} />
    </Card>
  );
}
