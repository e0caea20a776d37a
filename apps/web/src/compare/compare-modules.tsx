import type { LenientModule, LenientReport } from '@crashkeep/report';
import { Card, CardBody, type Column, DataTable, formatCounted } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import { shortId, versionOrNull } from '../report/words.js';
import { ReportName } from './report-name.js';
import { type ModulePair, modulePairs } from './compare-reports.js';

export function CompareModules({
  left,
  right,
}: {
  readonly left: LenientReport;
  readonly right: LenientReport;
}): ReactNode {
  const pairs = modulePairs(left, right);
  const columns: readonly Column<ModulePair>[] = [
    { id: 'name', header: 'Module', width: '30%', cell: ({ name }) => <span className="mono t12 medium">{name}</span> },
    { id: 'left', header: <ReportName report={left} />, cell: (pair) => <Build module={pair.left} /> },
    { id: 'right', header: <ReportName report={right} />, cell: (pair) => <Build module={pair.right} /> },
  ];
  return (
    <Card title="Modules that differ" note={formatCounted(pairs.length, 'module')}>
      {pairs.length === 0 ? (
        <CardBody>
          <p className="t13 soft">Both processes had the same modules in the same builds.</p>
        </CardBody>
      ) : (
        <DataTable caption="Modules that differ" columns={columns} rows={pairs} rowKey={({ name }) => name} />
      )}
    </Card>
  );
}

function Build({ module }: { readonly module: LenientModule | null }): ReactNode {
  if (module === null) return <span className="muted">not loaded</span>;
  const version = versionOrNull(module.version);
  return (
    <>
      {version !== null && <span>{version} </span>}
      <span className="mono t12 soft">{module.debug_id === null ? 'no debug id' : shortId(module.debug_id)}</span>
    </>
  );
}
