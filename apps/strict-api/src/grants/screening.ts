import type { Screened } from '@crashkeep/access';
import type { GrantRow } from '@crashkeep/strict-store';
import type { Room } from '../room.js';

/**
 * What a machine knows of keys in the bytes of a grant. Nobody has looked: no dump is `clean`, so nothing is approved
 * automatically, whatever a policy says. The screen's own state belongs here once it is kept.
 */
export function screeningOf(_room: Room, _grant: Pick<GrantRow, 'dump' | 'ranges'>): Promise<Screened> {
  return Promise.resolve('none');
}
