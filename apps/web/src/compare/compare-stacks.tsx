import type { LenientFrame, LenientReport } from '@crashkeep/report';
import { Breakable, Card, CardBody, EmptyState } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import { frameName, sourceOf } from '../report/frame-name.js';
import { type FramePair, alignFrames } from './align-frames.js';
import classes from './compare.module.css';
import { mainStack } from './compare-reports.js';

export function CompareStacks({
  left,
  right,
}: {
  readonly left: LenientReport;
  readonly right: LenientReport;
}): ReactNode {
  const pairs = alignFrames(mainStack(left), mainStack(right));
  const common = pairs.filter(isCommon).length;
  return (
    <Card
      title="Stacks that crashed"
      note={pairs.length === 0 ? undefined : `${String(common)} of ${String(pairs.length)} calls in common`}
    >
      {pairs.length === 0 ? (
        <CardBody>
          <EmptyState title="No frame on either side">Neither report has a stack that could be walked.</EmptyState>
        </CardBody>
      ) : (
        <div className={classes['stacks']} role="table" aria-label="Both stacks, call by call">
          {pairs.map((pair, index) => (
            <div className={classes['pair']} role="row" key={index} data-common={isCommon(pair)}>
              <Side frame={pair.left} />
              <Side frame={pair.right} />
            </div>
          ))}
        </div>
      )}
    </Card>
  );
}

function isCommon({ left, right }: FramePair): boolean {
  return left !== null && right !== null;
}

function Side({ frame }: { readonly frame: LenientFrame | null }): ReactNode {
  if (frame === null)
    return (
      <span className={classes['none']} role="cell">
        <span className="sr">not on this stack</span>
      </span>
    );
  const source = sourceOf(frame);
  return (
    <span className={classes['side']} role="cell">
      <span className="mono t12 muted">{frame.index}</span>
      <span className="grow">
        <span className="mono t13">
          <Breakable text={frameName(frame)} />
        </span>
        {source !== null && (
          <span className="mono t12 muted">
            {' '}
            <Breakable text={source} />
          </span>
        )}
      </span>
    </span>
  );
}
