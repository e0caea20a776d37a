import type { ReactNode } from 'react';
import classes from './meter.module.css';

interface MeterProps {
  /** 0 to 1. */
  readonly share: number;
  readonly label: string;
  readonly tone?: 'accent' | 'warn';
}

/** A bar that fills: bytes used, time gone. */
export function Meter({ share, label, tone = 'accent' }: MeterProps): ReactNode {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div
      className={classes['meter']}
      data-tone={tone}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <span style={{ width: `${String(percent)}%` }} />
    </div>
  );
}
