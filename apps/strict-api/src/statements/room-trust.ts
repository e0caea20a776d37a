import { type PasskeyParty, isPasskeyAssertion } from '@crashkeep/identity';
import type { KeeperClient, PingAnswer } from '@crashkeep/keeper-wire';
import { TrustBook } from '@crashkeep/strict-store';

/**
 * Statements as the room sees them: from the root that the keeper tells. It offers and hides by them; what they are worth for a
 * byte the keeper judges itself.
 */
export function roomTrust(keeper: KeeperClient, party: PasskeyParty): TrustBook {
  // Pinned once, it stays: only the operator can pin another, with the keeper stopped.
  let pinned: PingAnswer['root'] = null;
  return new TrustBook(async () => ({
    root: (pinned ??= (await keeper.ping()).root),
    origin: party.origin,
    verify: (challenge, key, assertion) => isPasskeyAssertion(party, challenge, key, assertion),
  }));
}
