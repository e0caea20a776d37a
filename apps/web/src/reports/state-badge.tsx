import { Badge, type IconName, type Tone } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import type { DumpState } from '../api/wire.js';

interface Look {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly word: string;
}

const LOOKS: Readonly<Record<DumpState, Look>> = {
  queued: { tone: 'plain', icon: 'clock', word: 'Queued' },
  walking: { tone: 'info', icon: 'refresh', word: 'Walking' },
  done: { tone: 'ok', icon: 'check', word: 'Walked' },
  failed: { tone: 'danger', icon: 'alert', word: 'Failed' },
};

export function StateBadge({ state }: { readonly state: DumpState }): ReactNode {
  const { tone, icon, word } = LOOKS[state];
  return (
    <span>
      <Badge tone={tone} icon={icon}>
        {word}
      </Badge>
    </span>
  );
}
