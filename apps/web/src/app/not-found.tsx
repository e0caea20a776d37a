import { ButtonLink, FrontDoor } from '@crashkeep/ui';
import type { ReactNode } from 'react';

export function NotFound(): ReactNode {
  return (
    <FrontDoor
      title="There is nothing at this address"
      sub="What was here may have been deleted when its time was up, or the address may be mistyped."
    >
      <ButtonLink variant="primary" to="/">
        Go to the top crashers
      </ButtonLink>
    </FrontDoor>
  );
}
