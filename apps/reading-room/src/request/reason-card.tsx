import { Card, CardBody, Icon } from '@crashkeep/ui';
import { TextInput, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Project } from '../api/wire.js';
import { type Draft, REASON_MAX, REASON_MIN, fits } from './draft.js';

interface ReasonCardProps {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
  readonly project: Project;
}

export function ReasonCard({ draft, onChange, project }: ReasonCardProps): ReactNode {
  const length = Array.from(draft.reason.trim()).length;
  const ticketFits = fits(draft.ticket.trim(), project.ticket_pattern);
  return (
    <Card title="2. Why">
      <CardBody>
        <div className="stack">
          <Textarea
            label="What do you want to find out?"
            description={`Security reads this. At least ${String(REASON_MIN)} characters; ${String(length)} of ${String(REASON_MAX)} so far.`}
            inputWrapperOrder={['label', 'input', 'description']}
            required
            withAsterisk={false}
            rows={3}
            maxLength={REASON_MAX}
            value={draft.reason}
            onChange={(event) => {
              onChange({ reason: event.currentTarget.value });
            }}
          />
          <TextInput
            label="Ticket"
            description={
              draft.ticket === '' ? (
                <>
                  It must fit <code>{project.ticket_pattern}</code>
                </>
              ) : ticketFits ? (
                <span className="row">
                  <Icon name="check" size={14} /> Fits this project
                </span>
              ) : (
                <>
                  It must fit <code>{project.ticket_pattern}</code>
                </>
              )
            }
            inputWrapperOrder={['label', 'input', 'description']}
            required
            withAsterisk={false}
            classNames={{ input: 'mono' }}
            maxLength={64}
            spellCheck={false}
            value={draft.ticket}
            onChange={(event) => {
              onChange({ ticket: event.currentTarget.value });
            }}
          />
        </div>
      </CardBody>
    </Card>
  );
}
