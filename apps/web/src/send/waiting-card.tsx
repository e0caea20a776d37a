import { ButtonLink, Card, CardBody, KeyValues, Note, formatDuration, useSecond } from '@crashkeep/ui';
import { type ReactNode, useState } from 'react';
import { useDumpEvents } from '../api/use-dump-events.js';
import type { DumpEvent } from '../api/wire.js';
import { LiveStages } from '../report/live-stages.js';

interface WaitingCardProps {
  readonly project: string;
  readonly ingest: string;
}

/** Listens for the next crash. When its report is there, the card becomes the way to it and takes the focus. */
export function WaitingCard({ project, ingest }: WaitingCardProps): ReactNode {
  const now = useSecond();
  const [since] = useState(now);
  const [heard, setHeard] = useState<DumpEvent | null>(null);
  useDumpEvents(project, (event) => {
    // The first dump that is heard of is followed to its end; a busy project has many at once.
    setHeard((known) => (known === null || known.id === event.id || known.state === 'done' ? event : known));
  });
  const state = heard?.state ?? null;
  return (
    <>
      <Card label="What arrives">
        <LiveStages
          state={state}
          title={TITLES[state ?? 'none']}
          sub={
            heard === null ? (
              `Listening for ${formatDuration((now - since) / 1000)}`
            ) : (
              <span className="mono t12">{heard.id}</span>
            )
          }
        />
        <CardBody above>
          {heard !== null && (state === 'done' || state === 'failed') ? (
            <ButtonLink variant="primary" fullWidth autoFocus to="/reports/$reportId" params={{ reportId: heard.id }}>
              {state === 'done' ? 'Open the report' : 'See what went wrong'}
            </ButtonLink>
          ) : (
            <KeyValues rows={[['Address', <span key="address" className="mono t12">{`${ingest}/submit`}</span>]]} />
          )}
        </CardBody>
      </Card>
      <Note icon="lock">
        <b>What happens to a dump:</b> it is sealed while it arrives. You see stack, modules and reason at once. Memory
        stays closed until another person opens a part of it for you.
      </Note>
      <Note icon="terminal">
        <b>Nothing arrives?</b> Ingest answers each try with the reason: <code>401</code> is a wrong token or one of
        another kind, <code>400</code> is not a dump, <code>413</code> is too large.
      </Note>
    </>
  );
}

const TITLES: Readonly<Record<DumpEvent['state'] | 'none', string>> = {
  none: 'Waiting for a crash',
  queued: 'A crash has arrived',
  walking: 'It is being walked',
  done: 'Its report is there',
  failed: 'It could not be walked',
};
