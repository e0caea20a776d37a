import { Badge, Columns, PageHeader, QueryFailed, SkeletonRows, TimeAgo } from '@crashkeep/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { contextQuery, grantQuery } from '../api/queries.js';
import type { DumpContext, Grant, Narrowing } from '../api/wire.js';
import { State } from '../requests/grant-table.js';
import { useMe } from '../session/use-me.js';
import { CrashCard } from './crash-card.js';
import { DecisionCard } from './decision-card.js';
import { GrantActs } from './grant-acts.js';
import { HistoryCard } from './history-card.js';
import { NarrowCard } from './narrow-card.js';
import { OwnOpeningCard, ReviewCard } from './sign-card.js';
import { OpensCard } from './opens-card.js';
import { WhoAndWhy } from './who-and-why.js';
import { scopeText, shortId } from './words.js';

const route = getRouteApi('/shell/grants/$grantId');

/** One request: for its requester what becomes of it, for an approver who, why, what would open, and the decision. */
export function GrantPage(): ReactNode {
  const { grantId } = route.useParams();
  const grant = useQuery(grantQuery(grantId));
  const context = useQuery({ ...contextQuery(grant.data?.dump ?? ''), enabled: grant.data !== undefined });
  if (grant.isPending) {
    return (
      <div className="page">
        <SkeletonRows rows={6} />
      </div>
    );
  }
  if (grant.error !== null) {
    return (
      <div className="page">
        <QueryFailed what="The request" error={grant.error} onRetry={() => void grant.refetch()} />
      </div>
    );
  }
  return <GrantBody key={grant.data.version} grant={grant.data} context={context.data ?? null} />;
}

function GrantBody({ grant, context }: { readonly grant: Grant; readonly context: DumpContext | null }): ReactNode {
  const me = useMe();
  const [narrow, setNarrow] = useState<Narrowing | null>(null);
  const mine = grant.requester.id === me.person.id;
  const who = mine ? 'You asked' : `${grant.requester.name} asks`;
  return (
    <div className="page">
      <title>{`${scopeText(grant.scope)} · Reading room`}</title>
      <PageHeader
        crumbs={[
          <Link key="requests" to="/">
            Requests
          </Link>,
          <span key="id" className="mono">
            {shortId(grant.id)}
          </span>,
        ]}
        title={mine ? scopeText(grant.scope) : `${who} to read: ${scopeText(grant.scope).toLowerCase()}`}
        sub={
          <span className="row wrap">
            <State state={grant.state} />
            <Glass grant={grant} />
            <span>
              Asked: <TimeAgo moment={Date.parse(grant.created_at)} />
              {grant.version > 1 && `, version ${String(grant.version)}`}
            </span>
          </span>
        }
      />
      <Columns
        aside={
          <>
            {grant.may.decide && <DecisionCard grant={grant} narrow={narrow} />}
            {grant.may.open_self && <OwnOpeningCard grant={grant} />}
            {grant.may.review && <ReviewCard grant={grant} />}
            <GrantActs grant={grant} mine={mine} />
          </>
        }
      >
        <WhoAndWhy grant={grant} mine={mine} />
        {context?.report != null && <CrashCard report={context.report} />}
        <OpensCard grant={grant} map={context?.map ?? null} />
        {grant.may.decide && <NarrowCard grant={grant} narrow={narrow} onNarrow={setNarrow} />}
        <HistoryCard grant={grant} />
      </Columns>
    </div>
  );
}

/** Broken glass is seen at once, and until somebody has looked. */
function Glass({ grant }: { readonly grant: Grant }): ReactNode {
  if (grant.review === 'due') return <Badge tone="danger">Glass broken, nobody has looked yet</Badge>;
  if (grant.review === 'violation') return <Badge tone="danger">Glass broken, a violation</Badge>;
  return grant.review === 'ratified' ? <Badge tone="seal">Glass broken, ratified</Badge> : null;
}
