import { formatBytes } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import classes from './rung.module.css';

export interface RungProps {
  readonly name: string;
  readonly hint: string;
  readonly bytes: number;
  /** Bytes of all memory: the bar is drawn on a log scale beside it. */
  readonly whole: number;
  readonly approvals: string;
  readonly chosen: boolean;
  /** Absent: this rung cannot be taken. */
  readonly onChoose?: () => void;
  /** There is nothing of it in this dump. */
  readonly off?: boolean;
  readonly children?: ReactNode;
}

export function Rung(props: RungProps): ReactNode {
  const { name, hint, bytes, whole, approvals, chosen, onChoose, children } = props;
  const share = whole <= 1 ? 1 : Math.log2(Math.max(2, bytes)) / Math.log2(Math.max(2, whole));
  const off = onChoose === undefined || props.off === true;
  return (
    <div className={classes['rung']} data-chosen={chosen} data-off={off}>
      <label>
        <input type="radio" name="scope" checked={chosen} disabled={off} onChange={onChoose} readOnly={off} />
        <span className={classes['what']}>
          <b>{name}</b>
          <span>{hint}</span>
        </span>
        <span className={classes['size']}>
          <span className="num">{formatBytes(bytes)}</span>
          <span className={classes['bar']} aria-hidden="true">
            <i style={{ width: `${String(Math.round(Math.min(1, share) * 100))}%` }} />
          </span>
        </span>
        <span className={classes['approvals']}>{approvals}</span>
      </label>
      {chosen && children !== undefined && <div className={classes['more']}>{children}</div>}
    </div>
  );
}
