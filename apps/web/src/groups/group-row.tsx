import { Badge, Signature, TimeAgo, formatDay, formatCount, useNow } from '@crashkeep/ui';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { momentOf } from '../api/moment-of.js';
import type { CrashGroup } from '../api/wire.js';
import { osWord } from '../report/words.js';
import classes from './group-row.module.css';
import { type GroupTrend, readTrend } from './group-trend.js';
import { Spark } from './spark.js';

interface GroupRowProps {
  readonly group: CrashGroup;
  readonly rank: number;
  readonly current: boolean;
  readonly onPoint: () => void;
}

export function GroupRow({ group, rank, current, onPoint }: GroupRowProps): ReactNode {
  const now = useNow();
  const trend = readTrend(group.trend, momentOf(group.first_seen), now);
  return (
    <tr className={classes['row']} data-current={current} onMouseEnter={onPoint} onFocus={onPoint}>
      <td className={classes['rank']}>{rank}</td>
      <td className={classes['name']}>
        <Link className={classes['link']} to="/groups/$groupId" params={{ groupId: group.id }}>
          <Signature text={group.signature} clamped />
        </Link>
        <div className={classes['meta']}>
          <Mark trend={trend} />
          <span className="trunc">
            {group.os.map(osWord).join(', ')}
            <span className={classes['dot']}>·</span>
            since {formatDay(momentOf(group.first_seen), now)}
          </span>
        </div>
      </td>
      <td className={classes['trend']}>
        <Spark days={group.trend} rising={trend.mark === 'rising'} />
      </td>
      <td className={classes['count']}>
        <b>{formatCount(group.count)}</b>
        <span className={classes['change']} data-rising={trend.mark === 'rising'}>
          {trend.change ?? (trend.mark === 'new' ? 'first week' : '–')}
        </span>
      </td>
      <td className={classes['versions']}>
        <Versions versions={group.versions} />
      </td>
      <td className={classes['last']}>
        <TimeAgo moment={momentOf(group.last_seen)} />
      </td>
    </tr>
  );
}

function Mark({ trend }: { readonly trend: GroupTrend }): ReactNode {
  if (trend.mark === 'new') {
    return (
      <Badge tone="info" icon="spark">
        New
      </Badge>
    );
  }
  if (trend.mark === 'rising') {
    return (
      <Badge tone="warn" icon="trend">
        Rising
      </Badge>
    );
  }
  return null;
}

/** The newest by name, the others by number. */
function Versions({ versions }: { readonly versions: readonly string[] }): ReactNode {
  const [newest, ...others] = versions;
  if (newest === undefined) return <span className="muted">not told</span>;
  return (
    <span title={versions.join(', ')}>
      {newest}
      {others.length > 0 && <span className="muted"> +{others.length}</span>}
    </span>
  );
}
