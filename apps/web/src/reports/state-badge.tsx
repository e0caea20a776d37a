import { Badge, type IconName, type Tone } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import type { DumpState } from '../api/wire.js';

interface Look {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly word: string;
}

/** Walked is how it should be: it has no colour, so that the others are seen. */
const LOOKS: Readonly<Record<Exclude<DumpState, 'done'>, Look>> = {
  queued: { tone: 'plain', icon: 'clock', word: 'Queued' },
  walking: { tone: 'info', icon: 'refresh', word: 'Walking' },
  failed: { tone: 'danger', icon: 'alert', word: 'Failed' },
};

export function StateBadge({ state }: { readonly state: DumpState }): ReactNode {
  if (state === 'done') return <span className="t12 muted">Walked</span>;
  const { tone, icon, word } = LOOKS[state];
  return (
    <span>
      <Badge tone={tone} icon={icon}>
        {word}
      </Badge>
    </span>
  );
}
