import { Card, EmptyState, Icon, PageHeader, QueryFailed, SkeletonRows } from '@crashkeep/ui';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { alertRulesQuery } from '../api/alert-queries.js';
import { isEngineer, useMe } from '../session/use-me.js';
import { useProject } from '../shell/use-project.js';
import { AlertRuleList } from './alert-rule-list.js';
import { NewRuleDialog } from './new-rule-dialog.js';
import { ToldCard } from './told-card.js';

/** Who is told, outside, when a signature is new, comes back or rises. */
export function AlertsPage(): ReactNode {
  const me = useMe();
  const project = useProject();
  const query = useQuery(alertRulesQuery(project.id));
  const [making, { open, close }] = useDisclosure(false);
  const mayManage = isEngineer(me, project.id);
  const rules = query.data?.rules ?? [];
  return (
    <>
      <title>{`Alerts · ${project.name} · Crashkeep`}</title>
      <PageHeader
        title="Alerts"
        sub="Who is told when a signature is new, comes back or rises. An alert carries what every reader sees, and nothing sealed."
        actions={
          mayManage && (
            <Button variant="primary" leftSection={<Icon name="plus" />} onClick={open}>
              Make a rule
            </Button>
          )
        }
      />
      <Card title="Rules">
        {query.isPending && <SkeletonRows rows={3} rowHeight={57} />}
        {query.isError && <QueryFailed what="The rules" error={query.error} onRetry={() => void query.refetch()} />}
        {query.isSuccess && rules.length === 0 && (
          <EmptyState title="Nobody is told yet">
            A rule tells a chat, a mail box or a program of your own. Until there is one, look here.
          </EmptyState>
        )}
        {rules.length > 0 && <AlertRuleList rules={rules} mayManage={mayManage} />}
      </Card>
      <ToldCard projectId={project.id} />
      <NewRuleDialog opened={making} onClose={close} project={project} mail={query.data?.mail ?? false} />
    </>
  );
}
