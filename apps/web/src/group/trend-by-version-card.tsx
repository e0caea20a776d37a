import { Card, CardBody, QueryFailed } from '@crashkeep/ui';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, Suspense, lazy, useState } from 'react';
import { signatureTrendQuery } from '../api/signature-queries.js';
import type { SignatureTrend } from '../api/wire.js';
import { TimeChoice } from '../search/time-choice.js';
import classes from './group-cards.module.css';

const DayChart = lazy(async () => ({ default: (await import('../chart/day-chart.js')).DayChart }));

const DAYS = 28;
const DAY_MS = 86_400_000;
const HEIGHT = 200;

/** Which version made it rise. */
export function TrendByVersionCard({ groupId }: { readonly groupId: string }): ReactNode {
  const [days, setDays] = useState(DAYS);
  const query = useQuery(signatureTrendQuery(groupId, days));
  return (
    <Card title="Reports a day, by version" end={<TimeChoice days={days} onChoose={setDays} />}>
      <CardBody>
        {query.isError && <QueryFailed what="The trend" error={query.error} onRetry={() => void query.refetch()} />}
        <div className={classes['trend']}>
          {query.data !== undefined && (
            <Suspense fallback={null}>
              <DayChart days={daysOf(query.data)} series={query.data.versions.map(nameOf)} height={HEIGHT} />
            </Suspense>
          )}
        </div>
      </CardBody>
    </Card>
  );
}

const nameOf = ({ version }: SignatureTrend['versions'][number]): string => version ?? 'other';

function daysOf({ from, all, versions }: SignatureTrend) {
  const start = Date.parse(from);
  return all.map((_, index) => ({
    day: new Date(start + index * DAY_MS).toISOString().slice(0, 10),
    counts: Object.fromEntries(versions.map((version) => [nameOf(version), version.counts[index] ?? 0])),
  }));
}
