import { Columns, EmptyState, Note, PageHeader, QueryFailed, SkeletonRows } from '@crashkeep/ui';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { contextQuery } from '../api/queries.js';
import type { DumpContext, MemoryMap, Project } from '../api/wire.js';
import { useProjects } from '../session/use-me.js';
import { DumpPicker } from './dump-picker.js';
import { type Draft, firstDraft } from './draft.js';
import { ReasonCard } from './reason-card.js';
import { ScopeCard } from './scope-card.js';
import { TimeCard } from './time-card.js';
import { YourRequest } from './your-request.js';

const route = getRouteApi('/shell/request');

/** Asking for raw memory: which part, why, how long. The console's links bring the dump and the thread. */
export function RequestPage(): ReactNode {
  const { dump } = route.useSearch();
  return (
    <div className="page">
      <title>Ask for raw memory · Reading room</title>
      <PageHeader
        title="Ask for raw memory"
        sub="Pick the smallest part that can answer your question. You can ask again for more."
      />
      {dump === undefined ? <DumpPicker /> : <ForDump dump={dump} />}
    </div>
  );
}

function ForDump({ dump }: { readonly dump: string }): ReactNode {
  const { data, error, isPending, refetch } = useQuery(contextQuery(dump));
  const project = useProjects().find(({ id }) => id === data?.dump.project);
  if (isPending) return <SkeletonRows rows={6} />;
  if (error !== null) return <QueryFailed what="The dump" error={error} onRetry={() => void refetch()} />;
  if (data.map === null || project === undefined) return <NothingToAsk state={data.dump.state} />;
  if (!data.may.request) {
    return (
      <Note tone="warn">
        You may not ask for memory in this project: the role engineer asks, and who decides there may not.
      </Note>
    );
  }
  return <RequestForm key={data.dump.id} context={data} map={data.map} project={project} />;
}

function NothingToAsk({ state }: { readonly state: DumpContext['dump']['state'] }): ReactNode {
  const why = {
    queued: 'The dump waits to be walked. Its map is there when it is.',
    walking: 'The dump is being walked. Its map is there in a moment.',
    failed: 'The dump could not be walked, so nothing says where its stacks lie.',
    shredded: 'The raw dump is shredded. Nobody can read it any more.',
    done: 'The dump holds no memory.',
  }[state];
  return <EmptyState title="There is nothing to ask for">{why}</EmptyState>;
}

interface RequestFormProps {
  readonly context: DumpContext;
  readonly map: MemoryMap;
  readonly project: Project;
}

function RequestForm({ context, map, project }: RequestFormProps): ReactNode {
  const { thread } = route.useSearch();
  const [draft, setDraft] = useState<Draft>(() => firstDraft(context, thread));
  const change = (part: Partial<Draft>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  return (
    <Columns aside={<YourRequest draft={draft} context={context} map={map} project={project} />}>
      <ScopeCard draft={draft} onChange={change} context={context} map={map} project={project} />
      <ReasonCard draft={draft} onChange={change} project={project} />
      <TimeCard draft={draft} onChange={change} project={project} />
    </Columns>
  );
}
