import { Card, CardBody, Columns, Icon, Note, PageHeader, TimeAgo } from '@crashkeep/ui';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { momentOf } from '../api/moment-of.js';
import type { ReportAnswer } from '../api/wire.js';
import { isEngineer, useMe } from '../session/use-me.js';
import { requestLink, usePlaces } from '../shell/use-places.js';
import { useProject } from '../shell/use-project.js';
import { failureWords } from './failure-words.js';
import { LifeCard } from './life-card.js';
import { RawDumpCard } from './raw-dump-card.js';

/** A dump that could not be walked: why, what is kept, and what can still be done. */
export function WalkFailed({ answer }: { readonly answer: ReportAnswer }): ReactNode {
  const { room } = usePlaces();
  const { id: project } = useProject();
  const me = useMe();
  return (
    <>
      <title>Could not be walked · report · Crashkeep</title>
      <PageHeader
        crumbs={[
          <Link key="reports" to="/reports">
            Reports
          </Link>,
          <span key="id" className="mono">
            {answer.id.slice(0, 13)}
          </span>,
        ]}
        title="This dump could not be walked"
        sub={
          <span>
            Received <TimeAgo moment={momentOf(answer.life.received_at)} sentence />.
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
        <Card title="What went wrong">
          <CardBody>
            <div className="stack">
              <Note tone="danger" role="alert">
                <b>{failureWords(answer.failure)}</b>
                <br />
                The dump itself is safe: it stays sealed until its time is up, and a newer walker can try it again.
              </Note>
              <p className="row wrap">
                <span className="mono t12 muted">{answer.failure ?? 'walk.failed'}</span>
              </p>
              {isEngineer(me, project) && answer.life.shredded_at === null && (
                <div className="row wrap">
                  <Button
                    component="a"
                    href={requestLink(room, answer.id, null)}
                    variant="seal"
                    leftSection={<Icon name="door" />}
                  >
                    Ask for raw memory
                  </Button>
                  <span className="hint">Opens in the reading room. What you read there is recorded.</span>
                </div>
              )}
            </div>
          </CardBody>
        </Card>
      </Columns>
    </>
  );
}
