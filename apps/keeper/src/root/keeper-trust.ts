import { type PasskeyParty, isPasskeyAssertion } from '@crashkeep/identity';
import { TrustBook } from '@crashkeep/strict-store';
import type { PinnedRoot } from './pinned-root.js';

/** Statements as this keeper verifies them: from its own pinned root, for its own reading room. */
export const keeperTrust = (root: PinnedRoot, party: PasskeyParty): TrustBook =>
  new TrustBook(() => ({
    root: root.root,
    origin: party.origin,
    verify: (challenge, key, assertion) => isPasskeyAssertion(party, challenge, key, assertion),
  }));
