import type { ReactNode } from 'react';
import classes from './day-bars.module.css';

interface DayBarsProps {
  /** A count a day, oldest first. */
  readonly days: readonly number[];
  /** Under the bars, from the oldest day to the last. */
  readonly axis: readonly string[];
  readonly label: string;
}

/** More names than this run into each other. */
const NAMES_MAX = 14;

/** The large chart: one bar a day. */
export function DayBars({ days, axis, label }: DayBarsProps): ReactNode {
  const most = Math.max(1, ...days);
  const every = Math.ceil(axis.length / NAMES_MAX);
  return (
    <div>
      <div className={classes['bars']} role="img" aria-label={label}>
        {days.map((count, day) => (
          <span key={day} title={`${axis[day] ?? ''}: ${count.toLocaleString('en-GB')}`}>
            <i style={{ height: `${String((count / most) * 100)}%` }}>
              <b style={{ height: '100%' }} />
            </i>
          </span>
        ))}
      </div>
      <div className={classes['axis']} aria-hidden="true">
        {axis
          .filter((_, index) => index % every === 0)
          .map((day) => (
            <span key={day}>{day}</span>
          ))}
      </div>
    </div>
  );
}

const NAME = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** `9 Nov`, of a day like `2026-11-09`. */
export function dayName(day: string): string {
  return NAME.format(new Date(day));
}
