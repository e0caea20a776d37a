import { Card, Columns, Icon, PageHeader, QueryFailed, SkeletonRows } from '@crashkeep/ui';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { exposureQuery } from '../api/queries.js';
import type { Exposure, Finding } from '../api/wire.js';
import { CouldReadCard } from './could-read-card.js';
import { DidReadCard } from './did-read-card.js';
import { ExposurePicture } from './exposure-picture.js';
import { ExportButton } from './export-button.js';
import { kindWords } from './finding-words.js';
import { KeyCard } from './key-card.js';
import { RotationCard } from './rotation-card.js';
import { VerdictCard } from './verdict-card.js';
import { WhereCard } from './where-card.js';
import './exposure-print.css';

const route = getRouteApi('/shell/findings/$secretId');

/** Who saw these bytes: a sentence, four figures, a picture, and the tables behind them. */
export function ExposurePage(): ReactNode {
  const { secretId } = route.useParams();
  const query = useQuery(exposureQuery({ secret: secretId }));
  const finding = query.data?.findings[0];
  return (
    <div className="page">
      <title>Exposure · Reading room</title>
      {query.isPending && <SkeletonRows rows={8} rowHeight={44} />}
      {query.isError && (
        <Card>
          <QueryFailed what="The exposure" error={query.error} onRetry={() => void query.refetch()} />
        </Card>
      )}
      {query.data !== undefined && finding !== undefined && <Known exposure={query.data} finding={finding} />}
    </div>
  );
}

function Known({ exposure, finding }: { readonly exposure: Exposure; readonly finding: Finding }): ReactNode {
  return (
    <>
      <PageHeader
        crumbs={[
          <Link key="all" to="/findings">
            Findings
          </Link>,
          <span key="this" className="mono">
            {finding.id.slice(0, 8)}
          </span>,
        ]}
        title={kindWords(finding.kind)}
        sub={`Found ${finding.found_at.slice(0, 10)} in ${String(finding.dumps)} ${finding.dumps === 1 ? 'dump' : 'dumps'} of ${finding.project}`}
        actions={
          <>
            <Button
              leftSection={<Icon name="text" />}
              onClick={() => {
                globalThis.print();
              }}
            >
              Print
            </Button>
            <ExportButton exposure={exposure} />
          </>
        }
      />
      <VerdictCard exposure={exposure} />
      <Columns
        aside={
          <>
            <KeyCard finding={finding} />
            <RotationCard finding={finding} />
            <WhereCard sightings={exposure.sightings} />
          </>
        }
      >
        <ExposurePicture exposure={exposure} />
        <DidReadCard exposure={exposure} />
        <CouldReadCard exposure={exposure} />
      </Columns>
    </>
  );
}
