import {
  Badge,
  ButtonLink,
  Card,
  CardBody,
  Columns,
  CopyButton,
  PageHeader,
  QueryFailed,
  Signature,
  SkeletonLines,
  formatCounted,
  formatDay,
  splitSignature,
  useNow,
} from '@crashkeep/ui';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { momentOf } from '../api/moment-of.js';
import { groupQuery, groupReportsQuery } from '../api/queries.js';
import type { CrashGroup } from '../api/wire.js';
import { DayBars, dayNames } from '../groups/day-bars.js';
import { readTrend } from '../groups/group-trend.js';
import { isMissing } from '../app/is-missing.js';
import { GroupFacts } from './group-facts.js';
import { GroupMissing } from './group-missing.js';
import { GroupReports } from './group-reports.js';

const route = getRouteApi('/shell/groups/$groupId');

/** One signature: how it moves, and its reports. */
export function GroupPage(): ReactNode {
  const { groupId } = route.useParams();
  const query = useQuery(groupQuery(groupId));
  if (query.data !== undefined) return <Known group={query.data} />;
  if (query.isError) {
    if (isMissing(query.error)) return <GroupMissing />;
    return (
      <Card>
        <QueryFailed what="The signature" error={query.error} onRetry={() => void query.refetch()} />
      </Card>
    );
  }
  return <SkeletonLines lines={4} />;
}

function Known({ group }: { readonly group: CrashGroup }): ReactNode {
  const now = useNow();
  const reports = useInfiniteQuery(groupReportsQuery(group.id));
  const newest = reports.data?.pages[0]?.reports[0];
  const { mark } = readTrend(group.trend, momentOf(group.first_seen), now);
  return (
    <>
      <title>{`${splitSignature(group.signature).name} · signature · Crashkeep`}</title>
      <PageHeader
        crumbs={[
          <Link key="top" to="/">
            Top crashers
          </Link>,
          <span key="this">This signature</span>,
        ]}
        title={<Signature text={group.signature} />}
        mono
        sub={
          <>
            {mark === 'new' && (
              <Badge tone="info" icon="spark">
                New
              </Badge>
            )}
            {mark === 'rising' && (
              <Badge tone="warn" icon="trend">
                Rising
              </Badge>
            )}
            <span>
              {formatCounted(group.count, 'report')} since {formatDay(momentOf(group.first_seen), now)}
            </span>
          </>
        }
        actions={
          <>
            <CopyButton text={group.signature} label="Copy signature" size="sm" />
            {newest !== undefined && (
              <ButtonLink variant="primary" to="/reports/$reportId" params={{ reportId: newest.id }}>
                Open the newest report
              </ButtonLink>
            )}
          </>
        }
      />
      <Columns aside={<GroupFacts group={group} />}>
        <Card title="Reports a day" note={`${String(group.trend.length)} days`}>
          <CardBody>
            <DayBars
              days={group.trend}
              axis={dayNames(group.trend.length, now)}
              label={`Reports a day: ${group.trend.join(', ')}`}
            />
          </CardBody>
        </Card>
        <GroupReports query={reports} />
      </Columns>
    </>
  );
}
