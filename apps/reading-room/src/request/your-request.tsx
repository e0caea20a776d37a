import { Card, CardBody, KeyValues, Note, formatBytes } from '@crashkeep/ui';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { askForMemory } from '../api/acts.js';
import type { DumpContext, MemoryMap, NewRequest, Project } from '../api/wire.js';
import { explain } from '../app/explain.js';
import { minutesText } from '../grant/words.js';
import { useMe } from '../session/use-me.js';
import { namedDevice } from '../device/this-device.js';
import { type Draft, budgetFor, openBytes, ruleOf, scopeOf, whatIsMissing } from './draft.js';
import classes from './your-request.module.css';

interface YourRequestProps {
  readonly draft: Draft;
  readonly context: DumpContext;
  readonly map: MemoryMap;
  readonly project: Project;
}

/** The request as it will be sent, and the one button. */
export function YourRequest({ draft, context, map, project }: YourRequestProps): ReactNode {
  const { csrf } = useMe();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const open = openBytes(draft, context, map);
  const rule = ruleOf(draft, project);
  const budget = budgetFor(open, rule?.budgetMax ?? project.policy.budget_max);
  const missing = whatIsMissing(draft, project);
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (asked: Omit<NewRequest, 'device'>) =>
      askForMemory({ ...asked, device: await namedDevice(csrf) }, csrf),
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries({ queryKey: ['grants'] });
      await navigate({ to: '/grants/$grantId', params: { grantId: id } });
    },
  });
  const send = (): void => {
    const scope = scopeOf(draft);
    if (scope === null) return;
    const { reason, ticket, minutes } = draft;
    mutate({
      dump: context.dump.id,
      scope,
      reason: reason.trim(),
      ticket: ticket.trim(),
      minutes,
      bytes: budget,
      path: draft.path,
    });
  };
  return (
    <>
      <Card title="Your request" sealed>
        <CardBody>
          <div className="stack g3">
            <div>
              <div className={classes['size']}>{formatBytes(open)}</div>
              <div className="t13 soft">of {formatBytes(map.memory_bytes)}</div>
            </div>
            <KeyValues
              rows={[
                ['Budget', `${formatBytes(budget)}, one full read and a half`],
                ['Time', `${minutesText(draft.minutes)} after opening`],
                ['Approval', approvalText(draft, rule)],
                ['Device', rule?.hardened === true ? 'this browser, if security hardened it' : 'this browser'],
                ['Ticket', draft.ticket.trim() === '' ? 'not named yet' : draft.ticket.trim()],
              ]}
            />
            {error !== null && (
              <Note tone="danger" role="alert">
                {explain(error)}
              </Note>
            )}
            <Button
              variant="primary"
              size="lg"
              fullWidth
              loading={isPending}
              disabled={missing !== null || rule === null}
              onClick={send}
            >
              Send request
            </Button>
            {missing !== null && <p className="hint">{missing}</p>}
            {rule === null && <p className="hint">The project’s policy lets nobody ask for this part so.</p>}
          </div>
        </CardBody>
      </Card>
      <Card title="What happens then">
        <CardBody>
          <ol className={classes['next']}>
            <li>
              <b>1</b> Security sees your words, the report and the map. They can make it smaller, not larger.
            </li>
            <li>
              <b>2</b> Once it is approved, you open it. The clock starts then.
            </li>
            <li>
              <b>3</b> Each byte you look at is charged and recorded before you see it.
            </li>
          </ol>
        </CardBody>
      </Card>
    </>
  );
}

function approvalText({ path }: Draft, rule: ReturnType<typeof ruleOf>): string {
  if (path === 'break-glass') return 'by your own passkey; somebody looks within a day';
  if (path === 'automatic') return 'by the policy and your own passkey';
  return `${String(rule?.approvals ?? 0)} of security`;
}
