import { Card, CardBody, Timeline, type TimelineStep, formatDay, formatShortClock, useNow } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import type { Grant } from '../api/wire.js';
import { DECISION_WORDS, STATE_WORDS, minutesText } from './words.js';

export function HistoryCard({ grant }: { readonly grant: Grant }): ReactNode {
  const now = useNow();
  const time = (at: string): string => {
    const moment = Date.parse(at);
    const today = formatDay(moment, now) === formatDay(now, now);
    return today ? formatShortClock(moment) : formatDay(moment, now);
  };
  const steps: TimelineStep[] = [
    { key: 'asked', time: time(grant.created_at), state: 'done', what: `${grant.requester.name} asked` },
    ...grant.approvals.map((approval, at): TimelineStep => {
      const verb = DECISION_WORDS[approval.decision];
      const failed = approval.decision === 'deny' || approval.decision === 'violation';
      const voided = approval.current ? '' : ' (void: the request was changed after it)';
      return {
        key: `decision ${String(at)}`,
        time: time(approval.decided_at),
        state: failed ? 'failed' : 'seal',
        what: `${approval.approver.name} ${verb} version ${String(approval.version)}${voided}`,
        detail: approval.note,
      };
    }),
    ...(grant.activated_at === null
      ? []
      : [
          {
            key: 'open',
            time: time(grant.activated_at),
            state: 'done',
            what: `Opened for ${minutesText(grant.minutes)}`,
          } as const,
        ]),
    ...(grant.ended_at === null
      ? []
      : [{ key: 'end', time: time(grant.ended_at), state: 'done', what: STATE_WORDS[grant.state].name } as const]),
  ];
  return (
    <Card title="What happened so far">
      <CardBody>
        <Timeline steps={steps} />
      </CardBody>
    </Card>
  );
}
