import type { ReactNode } from 'react';
import classes from './spark.module.css';

const HEIGHT = 24;
const STEP = 8;
const RECENT = 7;

interface SparkProps {
  /** A count a day, oldest first. */
  readonly days: readonly number[];
  /** The last week in the colour of harm: it rose. */
  readonly rising: boolean;
}

/** Fourteen small bars; the last seven stand out. */
export function Spark({ days, rising }: SparkProps): ReactNode {
  const most = Math.max(1, ...days);
  const width = days.length * STEP;
  return (
    <svg
      className={classes['spark']}
      viewBox={`0 0 ${String(width)} ${String(HEIGHT)}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Reports a day: ${days.join(', ')}`}
    >
      {days.map((count, day) => {
        const height = count === 0 ? 0.75 : Math.max(1.5, (count / most) * (HEIGHT - 2));
        return (
          <rect
            key={day}
            x={day * STEP}
            y={HEIGHT - height}
            width={STEP - 2}
            height={height}
            data-recent={day >= days.length - RECENT}
            data-rising={rising}
          />
        );
      })}
    </svg>
  );
}
