import type { ReactNode } from 'react';
import classes from './day-bars.module.css';

interface DayBarsProps {
  /** A count a day, oldest first. */
  readonly days: readonly number[];
  /** The part of each day's count that is shown strong. */
  readonly strong?: readonly number[];
  /** Under the bars, from the oldest day to the last. */
  readonly axis: readonly string[];
  readonly label: string;
}

/** The large chart: one bar a day, and of each bar the part that is spoken of. */
export function DayBars({ days, strong, axis, label }: DayBarsProps): ReactNode {
  const most = Math.max(1, ...days);
  return (
    <div>
      <div className={classes['bars']} role="img" aria-label={label}>
        {days.map((count, day) => (
          <span key={day} title={`${axis[day] ?? ''}: ${count.toLocaleString('en-GB')}`}>
            <i style={{ height: `${String((count / most) * 100)}%` }}>
              <b style={{ height: `${String(shareOf(strong?.[day] ?? count, count))}%` }} />
            </i>
          </span>
        ))}
      </div>
      <div className={classes['axis']} aria-hidden="true">
        {axis.map((day) => (
          <span key={day}>{day}</span>
        ))}
      </div>
    </div>
  );
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.min(100, (part / whole) * 100);
}

/** `9 Nov` … `today`: the fourteen days that end now. */
export function dayNames(count: number, now: number): readonly string[] {
  const name = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
  return Array.from({ length: count }, (_, index) => name.format(now - (count - 1 - index) * 86_400_000));
}
