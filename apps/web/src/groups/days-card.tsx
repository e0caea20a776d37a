import { Card, CardBody, formatCounted } from '@crashkeep/ui';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Asked, facetsQuery } from '../api/search-queries.js';
import { DayBars, dayName } from './day-bars.js';
import classes from './days-card.module.css';

/** The reports that fit, day by day. Drawn without the library of charts: the first view stays light. */
export function DaysCard({ asked }: { readonly asked: Asked }): ReactNode {
  const { data } = useQuery(facetsQuery(asked));
  const total = data?.total;
  return (
    <Card
      title="Reports a day"
      note={
        total === undefined
          ? undefined
          : `${formatCounted(total.count, 'report')}${total.complete ? '' : ', the newest'}`
      }
    >
      <CardBody>
        <div className={classes['chart']}>
          {data !== undefined && (
            <DayBars
              days={data.days.map(({ count }) => count)}
              axis={data.days.map(({ day }) => dayName(day))}
              label={`Reports a day: ${data.days.map(({ day, count }) => `${day} ${String(count)}`).join(', ')}`}
            />
          )}
        </div>
      </CardBody>
    </Card>
  );
}
