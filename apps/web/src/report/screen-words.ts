import { formatCount } from '@crashkeep/ui';
import type { DumpLife } from '../api/wire.js';

const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

/** Never "clean": who looked, how far, and how much was found and masked. What it is and where, the reading room says. */
export function screenWords(screen: DumpLife['screen']): string {
  const { state, detectors } = screen;
  if (state === 'none') return 'not screened yet';
  if (state === 'failed') return `screening by detectors v${String(detectors)} failed; all of it is masked`;
  const by = `screened by detectors v${String(detectors)}${state === 'partial' ? ', in part; the rest is masked' : ''}`;
  const counted = SEVERITIES.flatMap((severity) => {
    const count = screen[severity];
    return count === 0 ? [] : [`${formatCount(count)}${count === 255 ? ' or more' : ''} ${severity}`];
  });
  const all = SEVERITIES.reduce((sum, severity) => sum + screen[severity], 0);
  if (all === 0) return `${by}: nothing found`;
  return `${by}: ${all === 1 ? '1 finding' : `${formatCount(all)} findings`}, masked (${counted.join(', ')})`;
}
