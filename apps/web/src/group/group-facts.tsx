import { Badge, Card, CardBody, KeyValues, formatCount, formatMoment, useNow } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import { momentOf } from '../api/moment-of.js';
import type { CrashGroup } from '../api/wire.js';
import { readTrend } from '../groups/group-trend.js';
import { osWord } from '../report/words.js';

export function GroupFacts({ group }: { readonly group: CrashGroup }): ReactNode {
  const now = useNow();
  const first = momentOf(group.first_seen);
  const { recent, before, change } = readTrend(group.trend, first, now);
  return (
    <>
      <Card title="Facts">
        <CardBody>
          <KeyValues
            rows={[
              ['Reports', formatCount(group.count)],
              ['Last 7 days', <Week key="week" recent={recent} change={change} />],
              ['7 before', formatCount(before)],
              ['First seen', formatMoment(first, now)],
              ['Last seen', formatMoment(momentOf(group.last_seen), now)],
              ['Versions', group.versions.join(', ') || 'not told'],
              ['Systems', group.os.map(osWord).join(', ')],
            ]}
          />
        </CardBody>
      </Card>
      <Card
        title="Raw dumps"
        sealed
        end={
          <Badge tone="seal" icon="lock">
            Sealed
          </Badge>
        }
      >
        <CardBody>
          <p className="t13 soft">
            Each report’s dump is sealed on its own. Open a report to see what was withheld, and to ask for the smallest
            part that helps.
          </p>
        </CardBody>
      </Card>
    </>
  );
}

function Week({ recent, change }: { readonly recent: number; readonly change: string | null }): ReactNode {
  return (
    <>
      {formatCount(recent)} {change !== null && <span className="muted">{change}</span>}
    </>
  );
}
