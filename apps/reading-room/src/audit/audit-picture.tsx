import type { ReactNode } from 'react';
import type { AuditLeaf } from '../api/wire.js';
import styles from './audit-picture.module.css';

const WIDTH = 1000;
const LANE = 22;
const LABEL = 110;

/** When what happened, a lane for each kind of act: a read in the night stands alone. */
export function AuditPicture({ leaves }: { readonly leaves: readonly AuditLeaf[] }): ReactNode {
  const times = leaves.map(({ at }) => Date.parse(at));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const lanes = [...new Set(leaves.map(areaOf))].sort();
  const height = lanes.length * LANE + 26;
  const x = (at: string): number =>
    LABEL + ((Date.parse(at) - first) / Math.max(1, last - first)) * (WIDTH - LABEL - 16) + 4;
  const when = (time: number): string => new Date(time).toISOString().slice(0, 16).replace('T', ' ');
  return (
    <svg
      className={styles['picture']}
      viewBox={`0 0 ${String(WIDTH)} ${String(height)}`}
      role="img"
      aria-label={`${String(leaves.length)} acts from ${when(first)} to ${when(last)} UTC, by kind: ${lanes.join(', ')}`}
    >
      {lanes.map((lane, at) => (
        <g key={lane}>
          <text x={0} y={at * LANE + 16}>
            {lane}
          </text>
          <line x1={LABEL} x2={WIDTH} y1={at * LANE + 12} y2={at * LANE + 12} />
        </g>
      ))}
      {leaves.map((leaf) => (
        <circle
          key={leaf.id}
          cx={x(leaf.at)}
          cy={lanes.indexOf(areaOf(leaf)) * LANE + 12}
          r={4}
          data-refused={/denied|refused|failed|revoked/.test(actOf(leaf))}
        >
          <title>{`${actOf(leaf)}, ${when(Date.parse(leaf.at))} UTC`}</title>
        </circle>
      ))}
      <text x={LABEL} y={height - 4}>
        {when(first)}
      </text>
      <text x={WIDTH} y={height - 4} textAnchor="end">
        {when(last)}
      </text>
    </svg>
  );
}

const actOf = ({ body }: AuditLeaf): string => (typeof body['act'] === 'string' ? body['act'] : 'other');
const areaOf = (leaf: AuditLeaf): string => actOf(leaf).split('.')[0] ?? 'other';
