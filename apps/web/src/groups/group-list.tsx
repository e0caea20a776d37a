import { Icon, formatCounted } from '@crashkeep/ui';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CrashGroup } from '../api/wire.js';
import classes from './group-list.module.css';
import { GroupRow } from './group-row.js';
import { type GroupSort, groupsSearch } from './groups-search.js';

interface GroupListProps {
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => unknown;
  };
  readonly groups: readonly CrashGroup[];
  readonly q: string;
  readonly sort: GroupSort;
  readonly current: number | null;
  readonly onPoint: (row: number) => void;
}

export function GroupList({ query, groups, q, sort, current, onPoint }: GroupListProps): ReactNode {
  return (
    <>
      <table className={classes['table']}>
        <caption className="sr">Signatures with their number of reports</caption>
        <thead>
          <tr>
            <th scope="col">{sort === 'count' ? 'Rank' : 'No.'}</th>
            <th scope="col">Signature</th>
            <th scope="col">14 days</th>
            <SortHeader name="Reports" by="count" sort={sort} q={q} />
            <th scope="col">Versions</th>
            <SortHeader name="Last" by="last_seen" sort={sort} q={q} />
          </tr>
        </thead>
        <tbody>
          {groups.map((group, row) => (
            <GroupRow
              key={group.id}
              group={group}
              rank={row + 1}
              current={row === current}
              onPoint={() => {
                onPoint(row);
              }}
            />
          ))}
        </tbody>
      </table>
      <div className={classes['foot']}>
        <span>
          {formatCounted(groups.length, 'signature')}
          {query.hasNextPage ? ' so far' : ', all that match'}
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

interface SortHeaderProps {
  readonly name: string;
  readonly by: GroupSort;
  readonly sort: GroupSort;
  readonly q: string;
}

/** The name of a column that sorts. */
function SortHeader({ name, by, sort, q }: SortHeaderProps): ReactNode {
  const sorted = by === sort;
  return (
    <th scope="col" data-numeric aria-sort={sorted ? 'descending' : undefined}>
      <Link to="/" search={groupsSearch(q, by)} replace>
        {name}
        {sorted && <Icon name="arrow-down" size={12} />}
      </Link>
    </th>
  );
}
