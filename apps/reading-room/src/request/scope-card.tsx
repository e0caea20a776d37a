import { Card, formatBytes } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import type { DumpContext, MemoryMap as Map, Project } from '../api/wire.js';
import { MemoryMap } from '../map/memory-map.js';
import { type Draft, openRanges } from './draft.js';
import { RangeFields } from './range-fields.js';
import { Rung, type RungProps } from './rung.js';
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
  const stackBytes = map.threads.reduce((sum, { stack }) => sum + (stack?.size ?? 0), 0);
  const registerBytes = map.threads.reduce((sum, it) => sum + it.registers_bytes, 0);
  const rung = (kind: Draft['kind']): Pick<RungProps, 'whole' | 'approvals' | 'chosen' | 'onChoose'> => {
    const rule = project.policy.rules.scopes[kind];
    const shared = { whole: context.dump.plain_bytes, chosen: draft.kind === kind };
    if (rule === null) return { ...shared, approvals: 'Off' };
    const choose = (): void => {
      onChange({ kind });
    };
    return { ...shared, approvals: `${String(rule.approvals)} of security`, onChoose: choose };
  };
  return (
    <Card title="1. Which part" note="Narrow first, wide last">
      <fieldset className={classes['ladder']}>
        <legend className="sr">Which part</legend>
        <Rung
          {...rung('annotations')}
          name="Annotations"
          hint={map.annotation_bytes === 0 ? 'The client sent none' : 'What the client sent as key and value'}
          bytes={map.annotation_bytes}
          off={map.annotation_bytes === 0}
        />
        <Rung {...rung('registers')} name="Registers" hint="Of threads that you name" bytes={registerBytes}>
          <ThreadChoice draft={draft} onChange={onChange} map={map} report={context.report} />
        </Rung>
        <Rung {...rung('stack')} name="Stack" hint="Of threads that you name" bytes={stackBytes}>
          <ThreadChoice draft={draft} onChange={onChange} map={map} report={context.report} />
        </Rung>
        <Rung
          {...rung('memory')}
          name="Memory ranges"
          hint="Up to 8 ranges of up to 1 MB each"
          bytes={Math.min(map.memory_bytes, 8 * 1024 * 1024)}
        >
          <RangeFields ranges={draft.ranges} onChange={onChange} map={map} />
        </Rung>
        <Rung
          {...rung('whole')}
          name="Whole dump"
          hint="Every byte, read piece by piece"
          bytes={context.dump.plain_bytes}
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
