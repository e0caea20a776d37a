import type { LenientReport } from '@crashkeep/report';
import { FactStrip, formatDuration, formatMoment, useNow } from '@crashkeep/ui';
import { Fragment, type ReactNode } from 'react';
import { momentOf } from '../api/moment-of.js';
import type { Instant } from '../api/wire.js';
import { osWord, shortOsVersion, splitReason } from './words.js';

interface CrashFactsProps {
  readonly report: LenientReport;
  readonly received: Instant;
}

/** The strip under the title: what, where, of which program, on which system, when. */
export function CrashFacts({ report, received }: CrashFactsProps): ReactNode {
  const now = useNow();
  return (
    <FactStrip
      facts={[
        { name: 'Crash reason', value: <Reason reason={report.crash_reason} /> },
        { name: 'Address', value: <b className="mono">{report.crash_address ?? 'none'}</b> },
        { name: 'Version', value: <Dimmed main={report.version ?? 'not told'} rest={report.channel} /> },
        {
          name: 'System',
          value: (
            <Dimmed main={[osWord(report.os), shortOsVersion(report.os_version)].join(' ').trim()} rest={report.cpu} />
          ),
        },
        { name: 'Uptime', value: report.uptime === null ? 'not told' : formatDuration(report.uptime) },
        { name: 'Received', value: formatMoment(momentOf(received), now) },
      ]}
    />
  );
}

function Reason({ reason }: { readonly reason: string | null }): ReactNode {
  if (reason === null) return 'no exception';
  const { head, rest } = splitReason(reason);
  return (
    <>
      <b>
        <Underscored name={head} />
      </b>{' '}
      <Underscored name={rest} />
    </>
  );
}

function Dimmed({ main, rest }: { readonly main: string; readonly rest: string | null }): ReactNode {
  return (
    <>
      {main} {rest !== null && <span className="muted">{rest}</span>}
    </>
  );
}

/** `EXCEPTION_ACCESS_VIOLATION_WRITE` may break where its words end. */
function Underscored({ name }: { readonly name: string }): ReactNode {
  return name.split(/(?<=_)/u).map((piece, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {piece}
    </Fragment>
  ));
}
