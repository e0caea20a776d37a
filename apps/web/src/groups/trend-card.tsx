import { Card, CardBody, useNow } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import type { CrashGroup } from '../api/wire.js';
import { DayBars, dayNames } from './day-bars.js';
import { addTrends } from './group-trend.js';
import classes from './trend-card.module.css';

interface TrendCardProps {
  readonly groups: readonly CrashGroup[];
  /** The signature whose share is shown strong: the row that is pointed at, else the first. */
  readonly selected: CrashGroup | null;
}

/** All listed signatures day by day, and how much of each day is one of them. */
export function TrendCard({ groups, selected }: TrendCardProps): ReactNode {
  const now = useNow();
  const days = addTrends(groups.map(({ trend }) => trend));
  const spoken = selected ?? groups[0];
  if (spoken === undefined) return null;
  const rank = groups.indexOf(spoken) + 1;
  return (
    <Card
      title="Reports a day"
      end={
        <span className={classes['legend']}>
          <span>
            <i /> All listed
          </span>
          <span>
            <i data-strong /> Rank {rank}
          </span>
        </span>
      }
    >
      <CardBody>
        <DayBars
          days={days}
          strong={addTrends([spoken.trend, days.map(() => 0)])}
          axis={dayNames(days.length, now)}
          label={`Reports a day over ${String(days.length)} days: ${days.join(', ')}`}
        />
      </CardBody>
    </Card>
  );
}
