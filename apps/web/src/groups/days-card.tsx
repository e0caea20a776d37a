import { Card, CardBody, formatCounted } from '@crashkeep/ui';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, Suspense, lazy } from 'react';
import { type Asked, facetsQuery } from '../api/search-queries.js';
import classes from './days-card.module.css';

const DayChart = lazy(async () => ({ default: (await import('../chart/day-chart.js')).DayChart }));

/** The reports that fit, day by day. */
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
            <Suspense fallback={null}>
              <DayChart
                days={data.days.map(({ day, count }) => ({ day, counts: { Reports: count } }))}
                series={['Reports']}
              />
            </Suspense>
          )}
        </div>
      </CardBody>
    </Card>
  );
}
