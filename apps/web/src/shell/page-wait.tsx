import { Card, SkeletonLines, SkeletonRows } from '@crashkeep/ui';
import type { ReactNode } from 'react';

/** While a page's own script is on its way. */
export function PageWait(): ReactNode {
  return (
    <>
      <SkeletonLines lines={2} />
      <Card>
        <SkeletonRows />
      </Card>
    </>
  );
}
