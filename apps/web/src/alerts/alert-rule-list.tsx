import { Badge, type Column, DataTable, TimeAgo } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import { momentOf } from '../api/moment-of.js';
import type { AlertRule } from '../api/wire.js';
import { CHANNEL_WORDS, failingWords, occasionWords } from './alert-words.js';
import { RuleMenu } from './rule-menu.js';

const COLUMNS: readonly Column<AlertRule>[] = [
  {
    id: 'name',
    header: 'Rule',
    cell: ({ name, channel, target }) => (
      <>
        <span className="medium">{name}</span>
        <br />
        <span className="t12 muted">
          {CHANNEL_WORDS[channel].name} to <span className="mono">{target}</span>
        </span>
      </>
    ),
  },
  { id: 'when', header: 'When', cell: (rule) => <span className="soft">{occasionWords(rule)}</span> },
  { id: 'state', header: 'State', cell: (rule) => <State rule={rule} /> },
];

const MANAGE: Column<AlertRule> = {
  id: 'act',
  header: <span className="sr">Act</span>,
  numeric: true,
  cell: (rule) => <RuleMenu rule={rule} />,
};

export function AlertRuleList({
  rules,
  mayManage,
}: {
  readonly rules: readonly AlertRule[];
  readonly mayManage: boolean;
}): ReactNode {
  const columns = mayManage ? [...COLUMNS, MANAGE] : COLUMNS;
  return <DataTable caption="Alert rules" columns={columns} rows={rules} rowKey={({ id }) => id} />;
}

function State({ rule }: { readonly rule: AlertRule }): ReactNode {
  if (rule.state === 'paused') return <Badge tone="plain">Paused</Badge>;
  if (rule.failing !== null)
    return (
      <>
        <Badge tone="danger">Failing</Badge>
        <br />
        <span className="t12 soft">{failingWords(rule.failing)}</span>
      </>
    );
  return rule.last_sent_at === null ? (
    <span className="muted">has told nothing yet</span>
  ) : (
    <span className="soft">
      told <TimeAgo moment={momentOf(rule.last_sent_at)} sentence />
    </span>
  );
}
