import { Icon, explainError } from '@crashkeep/ui';
import { ActionIcon, Menu } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { removeAlertRule, setAlertRuleState, tryAlertRule } from '../api/alert-acts.js';
import { alertRulesQuery } from '../api/alert-queries.js';
import type { AlertRule } from '../api/wire.js';
import { useMe } from '../session/use-me.js';

type Act = 'try' | 'pause' | 'resume' | 'remove';

export function RuleMenu({ rule }: { readonly rule: AlertRule }): ReactNode {
  const { csrf } = useMe();
  const queryClient = useQueryClient();
  const { mutate, isPending, isSuccess, error, variables } = useMutation({
    mutationFn: (act: Act) => doIt(act, rule.id, csrf),
    onSettled: () => queryClient.invalidateQueries({ queryKey: alertRulesQuery(rule.project).queryKey }),
  });
  const item = (act: Act, label: string): ReactNode => (
    <Menu.Item
      onClick={() => {
        mutate(act);
      }}
    >
      {label}
    </Menu.Item>
  );
  return (
    <span className="row" style={{ justifyContent: 'flex-end' }}>
      <span className="t12 soft" role="status">
        {isSuccess && variables === 'try' && 'It was taken.'}
        {error !== null && explainError(error).why}
      </span>
      <Menu>
        <Menu.Target>
          <ActionIcon aria-label={`Rule ${rule.name}`} loading={isPending}>
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {item('try', 'Send a try')}
          {rule.state === 'active' ? item('pause', 'Pause') : item('resume', 'Resume')}
          <Menu.Divider />
          {item('remove', 'Remove')}
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}

async function doIt(act: Act, id: string, csrf: string): Promise<void> {
  if (act === 'try') await tryAlertRule(id, csrf);
  else if (act === 'remove') await removeAlertRule(id, csrf);
  else await setAlertRuleState(id, act === 'pause' ? 'paused' : 'active', csrf);
}
