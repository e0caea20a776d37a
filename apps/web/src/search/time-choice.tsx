import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { TIME_CHOICES } from './search-state.js';

/** So many days up to today. One from an address that is not among the usual ones is shown beside them. */
export function TimeChoice({
  days,
  onChoose,
}: {
  readonly days: number;
  readonly onChoose: (days: number) => void;
}): ReactNode {
  const choices = [...new Set([...TIME_CHOICES, days])].sort((a, b) => a - b);
  return (
    <SegmentedControl
      aria-label="Time"
      value={String(days)}
      data={choices.map((choice) => ({ value: String(choice), label: choice === 1 ? 'today' : `${String(choice)} d` }))}
      onChange={(value) => {
        onChoose(Number(value));
      }}
    />
  );
}
