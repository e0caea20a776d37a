import { Card, CardBody, Timeline, useNow } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import type { ReportAnswer } from '../api/wire.js';
import { lifeSteps } from './life-steps.js';

export function LifeCard({ answer }: { readonly answer: ReportAnswer }): ReactNode {
  return (
    <Card title="Life of this report">
      <CardBody>
        <Timeline steps={lifeSteps(answer, useNow())} />
      </CardBody>
    </Card>
  );
}
