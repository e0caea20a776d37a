import type { LenientReport } from '@crashkeep/report';
import { Columns, Note } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import type { ReportAnswer } from '../api/wire.js';
import { CrashFacts } from './crash-facts.js';
import { LifeCard } from './life-card.js';
import { ModulesCard } from './modules-card.js';
import { OtherThreads } from './other-threads.js';
import { RawDumpCard } from './raw-dump-card.js';
import { ReportHeader } from './report-header.js';
import { SystemCard } from './system-card.js';
import { ThreadCard } from './thread-card.js';
import { WhyCard } from './why-card.js';
import { WithheldCard } from './withheld-card.js';
import classes from './walked-report.module.css';

interface WalkedReportProps {
  readonly answer: ReportAnswer;
  readonly report: LenientReport;
}

/** The verdict first, evidence next, raw facts last. */
export function WalkedReport({ answer, report }: WalkedReportProps): ReactNode {
  const crashed = report.threads.find(({ index }) => index === report.crashing_thread) ?? null;
  return (
    <>
      <ReportHeader answer={answer} report={report} />
      <CrashFacts report={report} received={answer.life.received_at} />
      {report.problems.length > 0 && (
        <Note tone="warn">
          <b>The dump is not whole.</b> The report says what could be read.{' '}
          <span className="mono t12">{report.problems.join(', ')}</span>
        </Note>
      )}
      <Columns
        aside={
          <>
            <div className={classes['wideOnly']}>
              <RawDumpCard life={answer.life} toAsk />
            </div>
            <LifeCard answer={answer} />
            <SystemCard report={report} />
          </>
        }
      >
        <WhyCard report={report} group={answer.group} />
        {crashed === null ? <NoThread /> : <ThreadCard thread={crashed} report={report} />}
        <div className={classes['narrowOnly']}>
          <RawDumpCard life={answer.life} toAsk />
        </div>
        <OtherThreads report={report} />
        <WithheldCard answer={answer} report={report} />
        <ModulesCard report={report} />
      </Columns>
    </>
  );
}

function NoThread(): ReactNode {
  return (
    <Note>
      <b>No thread is said to have crashed.</b> The dump was taken without an exception: the program may have hung, or
      someone asked for a dump of it.
    </Note>
  );
}
