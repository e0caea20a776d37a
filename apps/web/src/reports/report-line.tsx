import { Signature, TimeAgo } from '@crashkeep/ui';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { momentOf } from '../api/moment-of.js';
import type { ReportRow } from '../api/wire.js';
import { failureWords } from '../report/failure-words.js';
import { osWord } from '../report/words.js';
import classes from './report-line.module.css';
import { StateBadge } from './state-badge.js';

/** One dump in the list. The whole line is its link. */
export function ReportLine({ row, current }: { readonly row: ReportRow; readonly current: boolean }): ReactNode {
  return (
    <div className={classes['line']} data-current={current} data-state={row.state}>
      <StateBadge state={row.state} />
      <div className={classes['what']}>
        <Link className={classes['link']} to="/reports/$reportId" params={{ reportId: row.id }}>
          <Title row={row} />
        </Link>
        <div className={classes['meta']}>{metaWords(row)}</div>
      </div>
      <span className={classes['version']}>{[row.product, row.version].filter((word) => word !== null).join(' ')}</span>
      <span className={classes['ago']}>
        <TimeAgo moment={momentOf(row.received_at)} />
      </span>
    </div>
  );
}

function Title({ row }: { readonly row: ReportRow }): ReactNode {
  if (row.signature !== null) return <Signature text={row.signature} clamped />;
  if (row.state === 'failed') return <span>Could not be walked</span>;
  return <span className="soft">{row.state === 'walking' ? 'Being walked' : 'Waits to be walked'}</span>;
}

function metaWords(row: ReportRow): string {
  if (row.state === 'failed') return failureWords(row.failure);
  if (row.signature === null) return row.id;
  const system = row.os === null ? null : [osWord(row.os), row.cpu].filter((word) => word !== null).join(' ');
  return [row.crash_reason, system].filter((word) => word !== null).join(' · ');
}
