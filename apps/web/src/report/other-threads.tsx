import type { LenientReport } from '@crashkeep/report';
import { Card, Icon, formatCounted } from '@crashkeep/ui';
import { ActionIcon } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { type ThreadGroup, foldThreads, numberRanges } from './fold-threads.js';
import { stackLine } from './frame-name.js';
import classes from './other-threads.module.css';
import { Trace } from './trace.js';

/** Every thread that did not crash, those with equal stacks in one row. */
export function OtherThreads({ report }: { readonly report: LenientReport }): ReactNode {
  const groups = foldThreads(report.threads, report.crashing_thread);
  const others = groups.reduce((sum, { threads }) => sum + threads.length, 0);
  if (others === 0) return null;
  return (
    <Card
      title="Other threads"
      note={
        groups.length === others
          ? formatCounted(others, 'thread')
          : `${String(others)}, in ${formatCounted(groups.length, 'group')} of equal stacks`
      }
    >
      <ul className={classes['threads']}>
        {groups.map((group) => (
          <ThreadRow key={group.threads[0]?.index} group={group} report={report} />
        ))}
      </ul>
    </Card>
  );
}

function ThreadRow({ group, report }: { readonly group: ThreadGroup; readonly report: LenientReport }): ReactNode {
  const [open, setOpen] = useState(false);
  const [first] = group.threads;
  if (first === undefined) return null;
  const many = group.threads.length > 1;
  const title = many ? `${String(group.threads.length)} threads` : `Thread ${String(first.index)}`;
  const which = many ? numberRanges(group.threads.map(({ index }) => index)) : (first.name ?? '');
  const toggle = (): void => {
    setOpen(!open);
  };
  return (
    <li>
      <div className={classes['row']} onClick={toggle} role="presentation">
        <ActionIcon size="sm" aria-expanded={open} aria-label={`${open ? 'Close' : 'Open'} ${title}`}>
          <Icon name={open ? 'down' : 'right'} />
        </ActionIcon>
        <span className="medium">{title}</span>
        <span className={`mono trunc ${classes['stack'] ?? ''}`}>{stackLine(group.frames)}</span>
        <span className={`t12 muted ${classes['which'] ?? ''}`}>{which}</span>
      </div>
      {open && (
        <div className={classes['open']}>
          <Trace thread={first} modules={report.modules} unfolded={false} />
        </div>
      )}
    </li>
  );
}
