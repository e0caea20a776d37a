import { QueryFailed, SkeletonLines, formatCount } from '@crashkeep/ui';
import { UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Asked, facetsQuery } from '../api/search-queries.js';
import type { Facet } from '../api/wire.js';
import { osWord } from '../report/words.js';
import classes from './facet-rail.module.css';
import { hasTerm, toggleTerm } from './search-terms.js';

const SHOWN = 6;

const TITLES: Readonly<Record<string, string>> = {
  product: 'Product',
  version: 'Version',
  channel: 'Channel',
  os: 'System',
  cpu: 'Processor',
  reason: 'Crash reason',
};

interface FacetRailProps {
  readonly asked: Asked;
  readonly onSearch: (q: string) => void;
}

/** What the reports that fit have, and how many of each. A click narrows the search; a second one widens it again. */
export function FacetRail({ asked, onSearch }: FacetRailProps): ReactNode {
  const query = useQuery(facetsQuery(asked));
  if (query.isPending) return <SkeletonLines lines={12} />;
  if (query.data === undefined)
    return <QueryFailed what="The numbers" error={query.error} onRetry={() => void query.refetch()} />;
  const told = query.data.facets.filter(({ values }) => values.some(({ value }) => value !== null));
  return (
    <div className={classes['rail']}>
      {told.map((facet) => (
        <FacetList key={facet.field} facet={facet} q={asked.q} onSearch={onSearch} />
      ))}
    </div>
  );
}

interface FacetListProps {
  readonly facet: Facet;
  readonly q: string;
  readonly onSearch: (q: string) => void;
}

function FacetList({ facet: { field, values, complete }, q, onSearch }: FacetListProps): ReactNode {
  const most = Math.max(1, ...values.map(({ count }) => count));
  const title = TITLES[field] ?? field;
  return (
    <section aria-label={title}>
      <h2 className={classes['title']}>
        {title}
        {!complete && <span className="muted"> of the newest</span>}
      </h2>
      <ul className={classes['values']}>
        {values.slice(0, SHOWN).map(({ value, count }) => (
          <li key={value}>
            <UnstyledButton
              className={classes['value']}
              disabled={value === null}
              aria-pressed={value !== null && hasTerm(q, field, value)}
              onClick={() => {
                if (value !== null) onSearch(toggleTerm(q, field, value));
              }}
            >
              <span className={classes['bar']} style={{ width: `${String((count / most) * 100)}%` }} />
              <span className={classes['name']} title={value ?? undefined}>
                {value === null ? 'not told' : field === 'os' ? osWord(value) : value}
              </span>
              <span className={classes['count']}>{formatCount(count)}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
