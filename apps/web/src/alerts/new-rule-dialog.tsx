import { Note, SecretOnce, explainError } from '@crashkeep/ui';
import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type NewAlertRule, createAlertRule } from '../api/alert-acts.js';
import { alertRulesQuery } from '../api/alert-queries.js';
import type { Project } from '../api/wire.js';
import { useMe } from '../session/use-me.js';
import { NewRuleForm } from './new-rule-form.js';

interface NewRuleDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly project: Project;
  readonly mail: boolean;
}

/** A webhook's secret is shown in this dialog and never again. */
export function NewRuleDialog({ opened, onClose, project, mail }: NewRuleDialogProps): ReactNode {
  return (
    <Modal opened={opened} onClose={onClose} title="Make a rule">
      <RuleMaker project={project} mail={mail} onClose={onClose} />
    </Modal>
  );
}

function RuleMaker({ project, mail, onClose }: Omit<NewRuleDialogProps, 'opened'>): ReactNode {
  const { csrf } = useMe();
  const queryClient = useQueryClient();
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: (rule: NewAlertRule) => createAlertRule(rule, csrf),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: alertRulesQuery(project.id).queryKey }),
  });
  if (data !== undefined)
    return (
      <div className="stack">
        {data.secret === null ? (
          <p className="t13 soft">The rule is there. Send a try from its menu to see that it arrives.</p>
        ) : (
          <>
            <p className="t13 soft">Give this secret to your program: it checks with it that an alert is ours.</p>
            <SecretOnce value={data.secret} hint="You see it once. If it is lost, make the rule anew." />
          </>
        )}
        <Button onClick={onClose}>Done</Button>
      </div>
    );
  return (
    <>
      <NewRuleForm
        mail={mail}
        busy={isPending}
        onMake={(rule) => {
          mutate({ ...rule, project: project.id });
        }}
      />
      {error !== null && (
        <Note tone="danger" role="alert">
          {explainError(error).why}
        </Note>
      )}
    </>
  );
}
