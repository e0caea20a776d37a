import { Breakable, Card, CardBody, QueryFailed, SkeletonLines } from '@crashkeep/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { whyQuery } from '../api/signature-queries.js';
import type { WhyThisGroup } from '../api/wire.js';
import classes from './group-cards.module.css';

type Part = WhyThisGroup['parts'][number];

const WORDS: Readonly<Record<Part['why'], string>> = {
  function: 'The first function that says something.',
  'module-offset': 'No symbol names this place, so its module and offset stand for it.',
  module: 'Only the module is known.',
  prefix: 'Many crashes end here, so its caller is named as well.',
  sentinel: 'Everything above this call says nothing of the cause.',
  reason: 'The reason of the crash stands before the stack.',
  'no-frames': 'There is no stack.',
};

/** Which frames made the signature, in the newest report. */
export function WhyGroupCard({ groupId }: { readonly groupId: string }): ReactNode {
  const query = useQuery(whyQuery(groupId));
  return (
    <Card title="Why this group">
      <CardBody>
        {query.isPending && <SkeletonLines lines={3} />}
        {query.isError && <QueryFailed what="The reason" error={query.error} onRetry={() => void query.refetch()} />}
        {query.data !== undefined && (
          <>
            <ol className={classes['why']}>
              {query.data.parts.map((part, index) => (
                <li key={index}>
                  {(part.function ?? part.module) !== null && (
                    <>
                      <span className="mono t12 medium">
                        <Breakable text={part.function ?? part.module ?? ''} />
                      </span>
                      {part.frame !== null && <span className="muted t12"> frame {part.frame}</span>}
                      <br />
                    </>
                  )}
                  <span className="soft">{WORDS[part.why]}</span>
                </li>
              ))}
            </ol>
            <p className="t12 muted">
              As in{' '}
              <Link className={classes['inText']} to="/reports/$reportId" params={{ reportId: query.data.report }}>
                the newest report
              </Link>
              , by version {query.data.algorithm} of the rules.
            </p>
          </>
        )}
      </CardBody>
    </Card>
  );
}
