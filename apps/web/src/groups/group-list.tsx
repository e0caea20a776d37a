import { formatCount } from '@crashkeep/ui';
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { TopCrasher } from '../api/wire.js';
import classes from './group-list.module.css';
import { GroupRow } from './group-row.js';

interface GroupListProps {
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => unknown;
  };
  readonly crashers: readonly TopCrasher[];
  readonly total: number;
  readonly current: number | null;
}

export function GroupList({ query, crashers, total, current }: GroupListProps): ReactNode {
  return (
    <>
      <table className={classes['table']}>
        <caption className="sr">Signatures by their number of reports</caption>
        <thead>
          <tr>
            <th scope="col">Rank</th>
            <th scope="col">Signature</th>
            <th scope="col">A day</th>
            <th scope="col" data-numeric aria-sort="descending">
              Reports
            </th>
            <th scope="col" data-numeric>
              Installs
            </th>
            <th scope="col">Versions</th>
            <th scope="col" data-numeric>
              Last
            </th>
          </tr>
        </thead>
        <tbody>
          {crashers.map((crasher, row) => (
            <GroupRow key={crasher.id} crasher={crasher} current={row === current} />
          ))}
        </tbody>
      </table>
      <div className={classes['foot']}>
        <span>
          {formatCount(crashers.length)} of {formatCount(total)}
        </span>
        <span className="row">
          <span className="only-wide row">
            <kbd>j</kbd> <kbd>k</kbd> to move, <kbd>Enter</kbd> to open
          </span>
          {query.hasNextPage && (
            <Button size="xs" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              Show more
            </Button>
          )}
        </span>
      </div>
    </>
  );
}
