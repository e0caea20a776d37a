import { Badge } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import type { TopCrasher } from '../api/wire.js';

interface GroupMarksProps {
  readonly of: Pick<TopCrasher, 'status' | 'fixed_in'> &
    Partial<Pick<TopCrasher, 'is_new' | 'is_regressed' | 'is_rising'>>;
}

/** What a signature is now: come back, new, rising, and what people said of it. */
export function GroupMarks({ of }: GroupMarksProps): ReactNode {
  return (
    <>
      {of.is_regressed === true && (
        <Badge tone="danger" icon="return">
          Regressed
        </Badge>
      )}
      {of.is_new === true && (
        <Badge tone="info" icon="spark">
          New
        </Badge>
      )}
      {of.is_rising === true && (
        <Badge tone="warn" icon="trend">
          Rising
        </Badge>
      )}
      {of.status === 'fixed' && (
        <Badge tone="ok" icon="check">
          {of.fixed_in === null ? 'Fixed' : `Fixed in ${of.fixed_in}`}
        </Badge>
      )}
      {of.status === 'wont-fix' && <Badge tone="plain">Will not fix</Badge>}
    </>
  );
}
