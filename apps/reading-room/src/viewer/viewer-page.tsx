import { EmptyState, QueryFailed, SkeletonRows } from '@crashkeep/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { contextQuery, grantQuery, readsQuery } from '../api/queries.js';
import type { AddressRange, DumpContext, ReadPlace } from '../api/wire.js';
import { scopeText } from '../grant/words.js';
import { useMe } from '../session/use-me.js';
import { MemoryMap } from '../map/memory-map.js';
import { GoTo } from './go-to.js';
import { useGrantedMemory } from './granted-memory.js';
import { HexView } from './hex-view.js';
import { Inspector } from './inspector.js';
import { ReadHistory } from './read-history.js';
import { type ViewedGrant, viewedGrant } from './viewed-grant.js';
import { SessionBar } from './session-bar.js';
import classes from './viewer-page.module.css';

const route = getRouteApi('/shell/grants/$grantId/memory');

/** The bytes of an open grant: map, hex and text, typed values, and every read with its leaf. */
export function ViewerPage(): ReactNode {
  const { grantId } = route.useParams();
  const grant = useQuery(grantQuery(grantId));
  const context = useQuery({ ...contextQuery(grant.data?.dump ?? ''), enabled: grant.data !== undefined });
  if (grant.isPending) return <SkeletonRows rows={12} rowHeight={22} />;
  if (grant.error !== null) {
    return <QueryFailed what="The grant" error={grant.error} onRetry={() => void grant.refetch()} />;
  }
  if (grant.data.activated_at === null) {
    return (
      <EmptyState title="This grant is not open">
        <Link to="/grants/$grantId" params={{ grantId }}>
          See what it waits for
        </Link>
      </EmptyState>
    );
  }
  return <Viewer grant={viewedGrant(grant.data, context.data?.map ?? null)} context={context.data ?? null} />;
}

function Viewer({ grant, context }: { readonly grant: ViewedGrant; readonly context: DumpContext | null }): ReactNode {
  const { person } = useMe();
  const memory = useGrantedMemory(grant);
  const [cursor, setCursor] = useState(() => BigInt(grant.ranges[0]?.address ?? '0x0'));
  const { data: reads } = useQuery(readsQuery(grant.id));
  const read = (reads?.reads ?? [])
    .filter(({ refused }) => refused === null)
    .flatMap(({ ranges }) => ranges)
    .filter(isMemory);
  return (
    <div className={classes['viewer']}>
      <title>{`${scopeText(grant.scope)} · Reading room`}</title>
      <SessionBar grant={grant} budgetLeft={memory.budgetLeft} />
      {context?.map != null && (
        <div className={classes['map']}>
          <MemoryMap
            map={context.map}
            open={grant.ranges.filter(({ place }) => place === null)}
            read={read}
            openWord="In your grant"
          />
        </div>
      )}
      <div className={classes['panes']}>
        <section className={classes['middle']} aria-label="Memory">
          <GoTo grant={grant} context={context} onGo={setCursor} />
          <HexView
            grant={grant}
            memory={memory}
            cursor={cursor}
            onCursor={setCursor}
            watermark={`${person.login} · ${grant.id.slice(0, 4)}`}
          />
        </section>
        <aside className={classes['right']}>
          <Inspector cursor={cursor} memory={memory} grant={grant} onFollow={setCursor} />
          <ReadHistory reads={reads?.reads ?? []} />
        </aside>
      </div>
    </div>
  );
}

const isMemory = (range: ReadPlace): range is AddressRange => 'address' in range;
