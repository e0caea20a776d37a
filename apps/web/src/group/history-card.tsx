import { Card, CardBody, TimeAgo } from '@crashkeep/ui';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { momentOf } from '../api/moment-of.js';
import { groupActsQuery } from '../api/signature-queries.js';
import type { GroupActs } from '../api/wire.js';
import classes from './group-cards.module.css';

type Act = GroupActs['acts'][number];

const WORDS: Readonly<Record<Act['act'], (act: Act) => string>> = {
  status: ({ status, version }) =>
    status === 'fixed'
      ? `marked it as fixed${version === null ? '' : ` in ${version}`}`
      : status === 'wont-fix'
        ? 'said it will not be fixed'
        : 'opened it',
  owner: () => 'changed the owner',
  merged: () => 'merged another signature into it',
  'merge-undone': () => 'took a merge back',
  split: () => 'split a part off',
  'split-undone': () => 'took a split back',
};

/** What people did with it. */
export function HistoryCard({ groupId }: { readonly groupId: string }): ReactNode {
  const { data } = useQuery(groupActsQuery(groupId));
  if (data === undefined || data.acts.length === 0) return null;
  return (
    <Card title="What people did">
      <CardBody>
        <ul className={classes['acts']}>
          {data.acts.map((act) => (
            <li key={act.id}>
              <b className="medium">{act.by?.name ?? 'Somebody'}</b> {WORDS[act.act](act)}{' '}
              <span className="muted">
                <TimeAgo moment={momentOf(act.at)} sentence />
              </span>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
