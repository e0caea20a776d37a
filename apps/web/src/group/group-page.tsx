import {
  ButtonLink,
  Card,
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
import { groupReportsQuery } from '../api/queries.js';
import { signatureQuery } from '../api/signature-queries.js';
import type { SignatureFacts } from '../api/wire.js';
import { isMissing } from '../app/is-missing.js';
import { GroupMarks } from '../groups/group-marks.js';
import { BreakdownCard } from './breakdown-card.js';
import { GroupFactsCard } from './group-facts-card.js';
import { GroupMissing } from './group-missing.js';
import { GroupReports } from './group-reports.js';
import { HistoryCard } from './history-card.js';
import { IcicleCard } from './icicle-card.js';
import { NotesCard } from './notes-card.js';
import { OwnerMenu } from './owner-menu.js';
import { PartsCard } from './parts-card.js';
import { StandOutCard } from './stand-out-card.js';
import { StatusMenu } from './status-menu.js';
import { TrendByVersionCard } from './trend-by-version-card.js';
import { WhyGroupCard } from './why-group-card.js';

const route = getRouteApi('/shell/groups/$groupId');

/** One signature: how it moves, what stands out, what people say of it, and its reports. */
export function GroupPage(): ReactNode {
  const { groupId } = route.useParams();
  const query = useQuery(signatureQuery(groupId));
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

function Known({ group }: { readonly group: SignatureFacts }): ReactNode {
  const reports = useInfiniteQuery(groupReportsQuery(group.id));
  return (
    <>
      <title>{`${splitSignature(group.signature).name} · signature · Crashkeep`}</title>
      <GroupHeader group={group} newestId={reports.data?.pages[0]?.reports[0]?.id ?? null} />
      <Columns
        aside={
          <>
            <GroupFactsCard group={group} />
            <WhyGroupCard groupId={group.id} />
            <PartsCard group={group} />
            <HistoryCard groupId={group.id} />
          </>
        }
      >
        <TrendByVersionCard groupId={group.id} />
        <StandOutCard groupId={group.id} />
        <BreakdownCard groupId={group.id} />
        <IcicleCard groupId={group.id} />
        <GroupReports query={reports} />
        <NotesCard groupId={group.id} />
      </Columns>
    </>
  );
}

interface GroupHeaderProps {
  readonly group: SignatureFacts;
  readonly newestId: string | null;
}

function GroupHeader({ group, newestId }: GroupHeaderProps): ReactNode {
  const now = useNow();
  return (
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
          <GroupMarks of={{ ...group, is_regressed: group.regressed_at !== null && group.status === 'open' }} />
          <span>
            {formatCounted(group.count, 'report')} since {formatDay(momentOf(group.first_seen), now)}
          </span>
        </>
      }
      actions={
        <>
          <StatusMenu group={group} />
          <OwnerMenu group={group} />
          <CopyButton text={group.signature} label="Copy signature" size="sm" />
          {newestId !== null && (
            <ButtonLink variant="primary" to="/reports/$reportId" params={{ reportId: newestId }}>
              Open the newest report
            </ButtonLink>
          )}
        </>
      }
    />
  );
}
