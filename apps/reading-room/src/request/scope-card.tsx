import { Card, formatBytes } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import type { DumpContext, MemoryMap as Map, Project } from '../api/wire.js';
import { MemoryMap } from '../map/memory-map.js';
import { type Draft, openRanges } from './draft.js';
import { RangeFields } from './range-fields.js';
import { Rung } from './rung.js';
import classes from './scope-card.module.css';
import { ThreadChoice } from './thread-choice.js';

interface ScopeCardProps {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
  readonly context: DumpContext;
  readonly map: Map;
  readonly project: Project;
}

/** One ladder from narrow to wide, each rung with its size. */
export function ScopeCard({ draft, onChange, context, map, project }: ScopeCardProps): ReactNode {
  const open = openRanges(draft, map);
  const approvals = `${String(project.policy.approvals)} of security`;
  const stackBytes = map.threads.reduce((sum, { stack }) => sum + (stack?.size ?? 0), 0);
  const rung = { whole: map.memory_bytes, approvals };
  return (
    <Card title="1. Which part" note="Narrow first, wide last">
      <fieldset className={classes['ladder']}>
        <legend className="sr">Which part</legend>
        <Rung
          {...rung}
          name="Stack"
          hint="Of threads that you name"
          bytes={stackBytes}
          chosen={draft.kind === 'stack'}
          onChoose={() => {
            onChange({ kind: 'stack' });
          }}
        >
          <ThreadChoice draft={draft} onChange={onChange} map={map} report={context.report} />
        </Rung>
        <Rung
          {...rung}
          name="Memory ranges"
          hint="Up to 8 ranges of up to 1 MB each"
          bytes={Math.min(map.memory_bytes, 8 * 1024 * 1024)}
          chosen={draft.kind === 'memory'}
          onChoose={() => {
            onChange({ kind: 'memory' });
          }}
        >
          <RangeFields ranges={draft.ranges} onChange={onChange} map={map} />
        </Rung>
        <Rung
          {...rung}
          name="Whole memory"
          hint="Not served yet"
          bytes={map.memory_bytes}
          approvals="Off"
          chosen={false}
        />
      </fieldset>
      <div className={classes['map']}>
        <div className="row between wrap">
          <b className="t13 medium">Where that lies in memory</b>
          <span className="hint">
            {formatBytes(map.memory_bytes)} in {map.regions.length} regions, not to scale
          </span>
        </div>
        <MemoryMap map={map} open={open} openWord="Would open" />
      </div>
    </Card>
  );
}
