import { Card, CardBody, QueryFailed, SkeletonLines, formatCount } from '@crashkeep/ui';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { signatureFacetsQuery } from '../api/signature-queries.js';
import type { Facet } from '../api/wire.js';
import { osWord } from '../report/words.js';
import classes from './group-cards.module.css';

const DAYS = 90;
const SHOWN = 5;

const TITLES: Readonly<Record<string, string>> = {
  version: 'Version',
  os: 'System',
  os_version: 'System version',
  cpu: 'Processor',
  channel: 'Channel',
  reason: 'Crash reason',
};

/** What its reports have, side by side. */
export function BreakdownCard({ groupId }: { readonly groupId: string }): ReactNode {
  const query = useQuery(signatureFacetsQuery(groupId, DAYS));
  return (
    <Card title="Who crashes so" note={`${String(DAYS)} days`}>
      <CardBody>
        {query.isPending && <SkeletonLines lines={6} />}
        {query.isError && <QueryFailed what="The numbers" error={query.error} onRetry={() => void query.refetch()} />}
        <div className={classes['breakdown']}>
          {query.data?.facets.map((facet) => (
            <Breakdown key={facet.field} facet={facet} />
          ))}
        </div>
      </CardBody>
    </Card>
  );
}

function Breakdown({ facet: { field, values, counted } }: { readonly facet: Facet }): ReactNode {
  return (
    <section>
      <h3 className={classes['subtitle']}>{TITLES[field] ?? field}</h3>
      {values.slice(0, SHOWN).map(({ value, count }) => (
        <div className={classes['share']} key={value}>
          <span>{value === null ? 'not told' : field === 'os' ? osWord(value) : value}</span>
          <span className="soft">{formatCount(count)}</span>
          <span className={classes['track']}>
            <i style={{ width: `${String((count / Math.max(1, counted)) * 100)}%` }} />
          </span>
        </div>
      ))}
    </section>
  );
}
