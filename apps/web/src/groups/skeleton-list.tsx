import { SkeletonRows } from '@crashkeep/ui';
import type { ReactNode } from 'react';

export function SkeletonList(): ReactNode {
  return <SkeletonRows rows={10} rowHeight={62} />;
}
