import type { Alert } from './alert.js';

/** Why it fired, in a sentence that names no channel's markup. */
export function alertSentence(alert: Pick<Alert, 'kind' | 'count' | 'baseline' | 'fixed_in'>): string {
  switch (alert.kind) {
    case 'new-signature':
      return 'This signature was never seen in the project before.';
    case 'regression':
      return alert.fixed_in === null
        ? 'It was marked as fixed, and a program crashed so afterwards.'
        : `It was marked as fixed in ${alert.fixed_in}, and that version or a later one crashed so.`;
    case 'spike':
      return `${reports(alert.count)} today. The seven days before had ${mean(alert.baseline ?? 0)} a day.`;
  }
}

/** `New crash`, as a title begins. */
export const ALERT_TITLES: Readonly<Record<Alert['kind'], string>> = {
  'new-signature': 'New crash',
  regression: 'Crash is back',
  spike: 'Crash is rising',
};

const reports = (count: number): string => `${String(count)} report${count === 1 ? '' : 's'}`;
const mean = (value: number): string => (value < 10 ? value.toFixed(1) : String(Math.round(value)));
