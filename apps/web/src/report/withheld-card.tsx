import type { LenientReport } from '@crashkeep/report';
import { Badge, Card, Icon, KeyValues } from '@crashkeep/ui';
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ReportAnswer } from '../api/wire.js';
import { isEngineer, useMe } from '../session/use-me.js';
import { requestLink, usePlaces } from '../shell/use-places.js';
import { useProject } from '../shell/use-project.js';
import { shortName } from './frame-name.js';
import { firstOwnFrame } from './runtime-frames.js';
import classes from './withheld-card.module.css';
import { withheldRows } from './withheld-words.js';

interface WithheldCardProps {
  readonly answer: ReportAnswer;
  readonly report: LenientReport;
}

/** What is missing, each with its reason, and beside it the smallest request that usually helps. */
export function WithheldCard({ answer, report }: WithheldCardProps): ReactNode {
  return (
    <Card
      id="withheld"
      title="What was withheld, and why"
      sealed
      end={
        <Badge tone="seal" icon="lock">
          Sealed
        </Badge>
      }
    >
      <div className={classes['halves']}>
        <ul className={classes['list']}>
          {withheldRows(report, answer.life.dump_bytes).map(({ kind, icon, what, amount, why }) => (
            <li key={kind}>
              <Icon name={icon} />
              <span>
                <b>{what}</b> <span className="muted">{amount}</span>
                <br />
                <span className="soft">{why}</span>
              </span>
            </li>
          ))}
        </ul>
        <Ask answer={answer} report={report} />
      </div>
    </Card>
  );
}

function Ask({ answer, report }: WithheldCardProps): ReactNode {
  const { room } = usePlaces();
  const project = useProject();
  const me = useMe();
  const thread = report.threads.find(({ index }) => index === report.crashing_thread);
  if (answer.life.shredded_at !== null) {
    return (
      <div className={classes['ask']}>
        <h3>The raw dump is shredded</h3>
        <p className="t13 soft">
          Its keys are destroyed. This report is all that is left, and nobody can ask for more.
        </p>
      </div>
    );
  }
  const own = firstOwnFrame(thread?.frames ?? []);
  return (
    <div className={classes['ask']}>
      <h3>Still stuck? Ask for the smallest part</h3>
      <div className={classes['suggestion']}>
        <b>{thread === undefined ? 'One stack' : `Stack of thread ${String(thread.index)}`}</b>
        <span className="t12 soft">
          {own === null
            ? 'Locals and arguments of its frames.'
            : `Enough to see locals and arguments of ${shortName(own)}.`}
        </span>
      </div>
      <KeyValues
        small
        rows={[
          ['Approval', 'another person, by passkey'],
          ['You need', 'a reason and a ticket'],
          ['You get', 'those bytes, for a while'],
        ]}
      />
      {isEngineer(me, project.id) ? (
        <>
          <Button
            component="a"
            href={requestLink(room, answer.id, thread?.index ?? null)}
            variant="seal"
            fullWidth
            leftSection={<Icon name="door" />}
          >
            {thread === undefined ? 'Ask for raw memory' : 'Ask for this stack'}
          </Button>
          <a className={`t12 ${classes['other'] ?? ''}`} href={requestLink(room, answer.id, null)}>
            Choose another part
          </a>
          <p className="hint">Opens in the reading room. What you read there is recorded.</p>
        </>
      ) : (
        <p className="hint">
          You are a viewer in {project.name}. An engineer of the project can ask; send them this page.
        </p>
      )}
    </div>
  );
}
