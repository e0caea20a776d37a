import {
  Badge,
  Card,
  CardBody,
  type Column,
  DataTable,
  EmptyState,
  PageHeader,
  QueryFailed,
  SkeletonRows,
  TimeAgo,
} from '@crashkeep/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { findingsQuery } from '../api/queries.js';
import type { Finding } from '../api/wire.js';
import { LEVEL_WORDS, ROTATION_WORDS, SEVERITY_TONES, kindWords } from './finding-words.js';

const COLUMNS: readonly Column<Finding>[] = [
  {
    id: 'what',
    header: 'What',
    cell: ({ id, kind, project }) => (
      <>
        <Link to="/findings/$secretId" params={{ secretId: id }} className="medium">
          {kindWords(kind)}
        </Link>
        <br />
        <span className="t12 muted">in {project}</span>
      </>
    ),
  },
  {
    id: 'severity',
    header: 'Severity',
    cell: ({ severity, level }) => (
      <>
        <Badge tone={SEVERITY_TONES[severity]}>{severity}</Badge>
        <br />
        <span className="t12 muted">
          level {level}: {LEVEL_WORDS[level]}
        </span>
      </>
    ),
  },
  {
    id: 'where',
    header: 'Where',
    cell: ({ dumps, sightings }) => (
      <span className="soft">
        {dumps} {dumps === 1 ? 'dump' : 'dumps'}, {sightings} {sightings === 1 ? 'place' : 'places'}
      </span>
    ),
  },
  { id: 'state', header: 'State', cell: ({ rotation }) => <span className="soft">{ROTATION_WORDS[rotation]}</span> },
  {
    id: 'found',
    header: 'Found',
    numeric: true,
    cell: ({ found_at: found }) => (
      <span className="muted nowrap">
        <TimeAgo moment={Date.parse(found)} sentence />
      </span>
    ),
  },
];

/** Keys and tokens that the screen found in dumps, the worst first. What they are, never what they say. */
export function FindingsPage(): ReactNode {
  const query = useQuery(findingsQuery);
  return (
    <div className="page">
      <title>Findings · Reading room</title>
      <PageHeader
        title="Findings"
        sub="Keys and tokens in dumps, the worst first. They are masked in every read, and their values are stored nowhere."
      />
      <Card label="Findings">
        {query.isPending && <SkeletonRows rows={6} rowHeight={57} />}
        {query.isError && <QueryFailed what="The findings" error={query.error} onRetry={() => void query.refetch()} />}
        {query.data?.length === 0 && (
          <CardBody>
            <EmptyState title="Nothing was found">
              What was searched, and by which detectors, stands in each report. It does not mean that there is nothing.
            </EmptyState>
          </CardBody>
        )}
        {query.data !== undefined && query.data.length > 0 && (
          <DataTable caption="Findings" columns={COLUMNS} rows={query.data} rowKey={({ id }) => id} />
        )}
      </Card>
    </div>
  );
}
