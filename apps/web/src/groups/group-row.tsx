import { Signature, TimeAgo, formatChange, formatCount, formatDay, useNow } from '@crashkeep/ui';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { momentOf } from '../api/moment-of.js';
import type { TopCrasher } from '../api/wire.js';
import { osWord } from '../report/words.js';
import { GroupMarks } from './group-marks.js';
import classes from './group-row.module.css';
import { Movement } from './movement.js';
import { Spark } from './spark.js';

interface GroupRowProps {
  readonly crasher: TopCrasher;
  readonly current: boolean;
}

export function GroupRow({ crasher, current }: GroupRowProps): ReactNode {
  const now = useNow();
  const { installs, is_rising: rising } = crasher;
  return (
    <tr className={classes['row']} data-current={current}>
      <td className={classes['rank']}>
        {crasher.rank} <Movement rank={crasher.rank} before={crasher.rank_before} />
      </td>
      <td className={classes['name']}>
        <Link className={classes['link']} to="/groups/$groupId" params={{ groupId: crasher.id }}>
          <Signature text={crasher.signature} clamped />
        </Link>
        <div className={classes['meta']}>
          <GroupMarks of={crasher} />
          <span className="trunc">
            {crasher.os.map(osWord).join(', ')}
            <span className={classes['dot']}>·</span>
            since {formatDay(momentOf(crasher.first_seen), now)}
          </span>
        </div>
      </td>
      <td className={classes['trend']}>
        <Spark days={crasher.trend} rising={rising || crasher.is_regressed} />
      </td>
      <td className={classes['count']}>
        <b>{formatCount(crasher.count)}</b>
        <span className={classes['change']} data-rising={rising}>
          {formatChange(crasher.count, crasher.count_before) ?? 'none before'}
        </span>
      </td>
      <td className={classes['installs']} title={installs?.exact === false ? 'An estimate' : undefined}>
        {installs === null ? (
          <span className="muted">–</span>
        ) : (
          `${installs.exact ? '' : '~'}${formatCount(installs.count)}`
        )}
      </td>
      <td className={classes['versions']}>
        <Versions versions={crasher.versions} />
      </td>
      <td className={classes['last']}>
        <TimeAgo moment={momentOf(crasher.last_seen)} />
      </td>
    </tr>
  );
}

/** The most frequent by name, the others by number. */
function Versions({ versions }: { readonly versions: readonly string[] }): ReactNode {
  const [most, ...others] = versions;
  if (most === undefined) return <span className="muted">not told</span>;
  return (
    <span title={versions.join(', ')}>
      {most}
      {others.length > 0 && <span className="muted"> +{others.length}</span>}
    </span>
  );
}
