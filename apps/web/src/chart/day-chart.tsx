import { BarChart } from '@mantine/charts';
import type { ReactNode } from 'react';
import './day-chart.css';

export interface DayCounts {
  /** `2026-11-24`, UTC. */
  readonly day: string;
  /** By series. */
  readonly counts: Readonly<Record<string, number>>;
}

interface DayChartProps {
  readonly days: readonly DayCounts[];
  /** Bottom to top. */
  readonly series: readonly string[];
  readonly height?: number;
}

/** Newest strong, others fainter, the rest grey. */
const COLOURS = [
  'var(--chart)',
  'var(--chart-dim)',
  'var(--petrol-2)',
  'var(--petrol-8)',
  'var(--text-3)',
  'var(--bg-track)',
];

const NAME = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** Counts a day, stacked by series; every number is also in words for those who do not see it. */
export function DayChart({ days, series, height = 120 }: DayChartProps): ReactNode {
  return (
    <div role="img" aria-label={`Reports a day: ${days.map(dayWords).join('; ')}`}>
      <BarChart
        h={height}
        data={days.map(({ day, counts }) => ({ day: NAME.format(new Date(day)), ...keyed(counts, series) }))}
        dataKey="day"
        type="stacked"
        series={series.map((label, index) => ({
          name: keyOf(index),
          label,
          color: COLOURS[index] ?? 'var(--bg-track)',
        }))}
        withLegend={series.length > 1}
        gridAxis="x"
        tickLine="none"
        barProps={{ isAnimationActive: false }}
        yAxisProps={{
          width: 44,
          allowDecimals: false,
          tickFormatter: (count: number) => count.toLocaleString('en-GB'),
        }}
        classNames={{ tooltip: 'ck-chart-tooltip' }}
      />
    </div>
  );
}

/** The library reads a dot in a name as a way into an object, and versions have dots. */
const keyOf = (index: number): string => `series${String(index)}`;

function keyed(counts: DayCounts['counts'], series: readonly string[]): Record<string, number> {
  return Object.fromEntries(series.map((name, index) => [keyOf(index), counts[name] ?? 0]));
}

function dayWords({ day, counts }: DayCounts): string {
  return `${day} ${Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${String(count)}`)
    .join(', ')}`;
}
