import type { LenientReport } from '@crashkeep/report';
import { Card, CardBody, Signature } from '@crashkeep/ui';
import type { ReactNode } from 'react';

/** What everyone in the project sees of the crash: an approver needs no more, and gets no more. */
export function CrashCard({ report }: { readonly report: LenientReport }): ReactNode {
  const facts = [
    [report.crash_reason, report.crash_address].filter((word) => word !== null).join(' at '),
    [report.product, report.version, report.channel].filter((word) => word !== null).join(' '),
    [report.os, report.os_version, report.cpu].filter((word) => word !== null).join(' '),
  ].filter((fact) => fact !== '');
  return (
    <Card title="The crash" note="What everyone in the project sees">
      <CardBody>
        <div className="stack g1">
          <div className="mono t13">
            <Signature text={report.signature} />
          </div>
          <div className="t12 muted row wrap">
            {facts.map((fact) => (
              <span key={fact}>{fact}</span>
            ))}
          </div>
        </div>
      </CardBody>
    </Card>
  );
}
