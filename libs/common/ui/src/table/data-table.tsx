import type { ReactNode } from 'react';
import { Icon } from '../icon/icon.js';
import { useOverflows } from './use-overflows.js';
import classes from './data-table.module.css';

export interface Column<Row> {
  readonly id: string;
  readonly header: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand at the right. */
  readonly numeric?: boolean;
  readonly width?: string;
  /** Which way this column sorts the rows now. */
  readonly sorted?: 'ascending' | 'descending';
}

interface DataTableProps<Row> {
  /** For screen readers: what the rows are. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** True for the row that the keyboard stands on. */
  readonly isCurrent?: (row: Row) => boolean;
  /** Few, narrow columns: fits a phone without scrolling sideways. */
  readonly fits?: boolean;
}

/** Rows of two lines at most; wide tables scroll inside their card. */
export function DataTable<Row>(props: DataTableProps<Row>): ReactNode {
  const { caption, columns, rows, rowKey, isCurrent, fits = false } = props;
  const [box, overflows] = useOverflows<HTMLDivElement>();
  // What scrolls must be reachable by keyboard; what does not must not be a stop on the way.
  const scrolls = overflows ? { tabIndex: 0, role: 'region', 'aria-label': caption } : {};
  return (
    <div ref={box} className={classes['wide']} data-fits={fits} {...scrolls}>
      <table className={classes['table']}>
        <caption className="sr">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Header key={column.id} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} data-current={isCurrent?.(row) === true}>
              {columns.map((column) => (
                <td key={column.id} data-numeric={column.numeric === true}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Header<Row>({ column }: { readonly column: Column<Row> }): ReactNode {
  return (
    <th
      scope="col"
      data-numeric={column.numeric === true}
      aria-sort={column.sorted}
      style={column.width === undefined ? undefined : { width: column.width }}
    >
      {column.header}
      {column.sorted !== undefined && (
        <Icon name={column.sorted === 'descending' ? 'arrow-down' : 'arrow-up'} size={12} />
      )}
    </th>
  );
}
