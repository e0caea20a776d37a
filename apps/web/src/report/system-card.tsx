import type { LenientReport } from '@crashkeep/report';
import { Card, CardBody, CopyButton, KeyValues, formatCounted, formatMoment, useNow } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import { osWord, shortId } from './words.js';

export function SystemCard({ report }: { readonly report: LenientReport }): ReactNode {
  const now = useNow();
  const cores = report.cpu_count === null ? '' : `, ${formatCounted(report.cpu_count, 'core')}`;
  return (
    <Card title="System">
      <CardBody>
        <KeyValues
          rows={[
            ['OS', [osWord(report.os), report.os_version].filter((word) => word !== null).join(' ')],
            ['CPU', `${report.cpu}${cores}`],
            ['Model', report.cpu_info],
            ['Memory', memoryWords(report)],
            ['Product', [report.product, report.version].filter((word) => word !== null).join(' ') || null],
            ['Channel', report.channel],
            ['Crashed', report.crashed_at === null ? null : formatMoment(report.crashed_at * 1000, now)],
            ['Format', report.format === 'minidump' ? 'minidump' : 'ELF core'],
            ['Grouped by', whyWords(report)],
            ['Report id', <ReportId key="id" id={report.id} />],
          ]}
        />
      </CardBody>
    </Card>
  );
}

/** `4 to 16 GB, 2 to 5 % free`, and the process's own: buckets, as the report has them. */
function memoryWords({ memory }: LenientReport): string | null {
  if (memory === null) return null;
  const words = [
    memory.physical,
    memory.available === null ? null : `${memory.available} free`,
    memory.commit === null ? null : `${memory.commit} of its commit limit free`,
    memory.process === null ? null : `this process ${memory.process}`,
  ].filter((word) => word !== null);
  return words.length === 0 ? null : words.join(', ');
}

function ReportId({ id }: { readonly id: string }): ReactNode {
  return (
    <span className="row">
      <span className="mono t12" title={id}>
        {shortId(id)}
      </span>
      <CopyButton text={id} label="Copy the report id" iconOnly />
    </span>
  );
}

const WHY_WORDS: Readonly<Record<LenientReport['signature_why'][number]['why'], string>> = {
  function: 'function',
  'module-offset': 'module and offset',
  module: 'module',
  prefix: 'function that leads to it',
  sentinel: 'known marker',
  reason: 'crash reason',
  'no-frames': 'no frames',
};

/** Which parts of the crash its signature was made of. */
function whyWords({ signature_why: parts }: LenientReport): string | null {
  const words = [...new Set(parts.map(({ why }) => WHY_WORDS[why]))];
  return words.length === 0 ? null : words.join(', ');
}
