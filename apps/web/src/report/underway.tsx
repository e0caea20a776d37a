import { Card, Columns, Note, PageHeader, SkeletonRows, TimeAgo } from '@crashkeep/ui';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { momentOf } from '../api/moment-of.js';
import type { ReportAnswer } from '../api/wire.js';
import { LifeCard } from './life-card.js';
import { LiveStages } from './live-stages.js';
import { RawDumpCard } from './raw-dump-card.js';

/** A dump that is sealed and not walked yet. The page becomes its report by itself. */
export function Underway({ answer }: { readonly answer: ReportAnswer }): ReactNode {
  const walking = answer.state === 'walking';
  return (
    <>
      <title>{`${walking ? 'Being walked' : 'Queued'} · report · Crashkeep`}</title>
      <PageHeader
        crumbs={[
          <Link key="reports" to="/reports">
            Reports
          </Link>,
          <span key="id" className="mono">
            {answer.id.slice(0, 13)}
          </span>,
        ]}
        title={walking ? 'This dump is being walked' : 'This dump waits to be walked'}
        sub={
          <span>
            Received <TimeAgo moment={momentOf(answer.life.received_at)} sentence />. The trace appears here by itself.
          </span>
        }
      />
      <Columns
        aside={
          <>
            <RawDumpCard life={answer.life} />
            <LifeCard answer={answer} />
          </>
        }
      >
        <Card label="Progress">
          <LiveStages state={answer.state} title={walking ? 'Reading stacks and modules' : 'In the queue'} />
        </Card>
        <Card title="Crashing thread">
          <SkeletonRows rows={6} rowHeight={55} />
        </Card>
        <CardNote />
      </Columns>
    </>
  );
}

function CardNote(): ReactNode {
  return (
    <Note icon="lock">
      <b>What happens now:</b> a process without keys or network reads headers, stacks and module lists, and only what
      is safe leaves it. A walk waits up to a minute for symbols that are still being taken in.
    </Note>
  );
}
