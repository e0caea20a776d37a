import { Card, CardBody, EmptyState, PageHeader, QueryFailed, SkeletonRows } from '@crashkeep/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { reportQuery } from '../api/queries.js';
import type { ReportAnswer } from '../api/wire.js';
import { CompareFacts } from './compare-facts.js';
import { CompareForm } from './compare-form.js';
import { CompareModules } from './compare-modules.js';
import { CompareStacks } from './compare-stacks.js';

const route = getRouteApi('/shell/compare');

/** Two crashes side by side: facts, the stacks that crashed, and the modules that are not the same. */
export function ComparePage(): ReactNode {
  const { left, right } = route.useSearch();
  return (
    <>
      <title>Compare two reports · Crashkeep</title>
      <PageHeader
        crumbs={[
          <Link key="reports" to="/reports">
            Reports
          </Link>,
          'Compare',
        ]}
        title="Compare two reports"
        sub="What differs between two crashes: facts, stacks, modules."
      />
      <CompareForm key={`${left ?? ''} ${right ?? ''}`} left={left} right={right} />
      {left !== undefined && right !== undefined && <Compared left={left} right={right} />}
    </>
  );
}

function Compared({ left, right }: { readonly left: string; readonly right: string }): ReactNode {
  const [a, b] = [useQuery(reportQuery(left)), useQuery(reportQuery(right))];
  const failed = [a, b].find(({ isError }) => isError);
  if (failed !== undefined)
    return (
      <Card>
        <QueryFailed what="One of the reports" error={failed.error} onRetry={() => void failed.refetch()} />
      </Card>
    );
  if (a.data === undefined || b.data === undefined)
    return (
      <Card>
        <SkeletonRows rows={9} rowHeight={40} />
      </Card>
    );
  return <SideBySide left={a.data} right={b.data} />;
}

function SideBySide({ left, right }: { readonly left: ReportAnswer; readonly right: ReportAnswer }): ReactNode {
  if (left.report === null || right.report === null)
    return (
      <Card>
        <CardBody>
          <EmptyState title="One of the two has no report yet">
            A dump that is still being walked, or that could not be, has nothing to compare.
          </EmptyState>
        </CardBody>
      </Card>
    );
  const pair = { left: left.report, right: right.report };
  return (
    <>
      <CompareFacts {...pair} />
      <CompareStacks {...pair} />
      <CompareModules {...pair} />
    </>
  );
}
