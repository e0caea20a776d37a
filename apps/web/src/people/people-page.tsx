import { Card, EmptyState, Icon, PageHeader, QueryFailed, SkeletonRows } from '@crashkeep/ui';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { peopleQuery } from '../api/queries.js';
import { isEngineer, useMe } from '../session/use-me.js';
import { useProject } from '../shell/use-project.js';
import { InviteDialog } from './invite-dialog.js';
import { PeopleTable } from './people-table.js';
import { RolesNote } from './roles-note.js';

/** Who may read this project's reports, and who may ask for more. */
export function PeoplePage(): ReactNode {
  const me = useMe();
  const project = useProject();
  const query = useQuery(peopleQuery);
  const [inviting, { open, close }] = useDisclosure(false);
  const mayInvite = isEngineer(me, project.id);
  return (
    <>
      <title>{`People · ${project.name} · Crashkeep`}</title>
      <PageHeader
        title="People"
        sub={`Who reads reports in ${project.name}, and who may ask for more`}
        actions={
          mayInvite && (
            <Button variant="primary" leftSection={<Icon name="plus" />} onClick={open}>
              Invite someone
            </Button>
          )
        }
      />
      <Card label="People">
        {query.isPending && <SkeletonRows rows={4} rowHeight={57} />}
        {query.isError && <QueryFailed what="The list" error={query.error} onRetry={() => void query.refetch()} />}
        {query.data?.length === 0 && (
          <EmptyState title="Nobody is here yet">
            Invite a colleague: two people are needed before raw memory can be read.
          </EmptyState>
        )}
        {query.data !== undefined && query.data.length > 0 && (
          <PeopleTable people={query.data} project={project.id} mayChange={mayInvite} />
        )}
      </Card>
      <RolesNote />
      <InviteDialog opened={inviting} onClose={close} project={project} />
    </>
  );
}
