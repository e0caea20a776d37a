import { Note } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import { usePlaces } from '../shell/use-places.js';

/** Which roles are not here, and where they are. */
export function RolesNote(): ReactNode {
  const { room } = usePlaces();
  return (
    <Note tone="seal" icon="door">
      <b>Who approves is set elsewhere.</b> Approval passkeys and the roles security, auditor and admin belong to the{' '}
      <a href={room}>reading room</a>. Nobody who runs this page can let anyone read raw memory.
    </Note>
  );
}
