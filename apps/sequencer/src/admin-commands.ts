import type { AdminHandler, AppLogger } from '@crashkeep/platform';
import { verifierKeyText, verifierOf } from '@crashkeep/ledger';
import { z } from 'zod';
import type { KeyFolder } from './keys/key-folder.js';

const Request = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('ledger.key') }),
  z.strictObject({ do: z.literal('ledger.rotate-key') }),
  z.strictObject({ do: z.literal('ledger.retire-key') }),
]);

/** What `crashkeep audit key`, `rotate-key` and `retire-key` ask. The new key signs from the next checkpoint on. */
export const adminCommands =
  (keys: KeyFolder, log: AppLogger): AdminHandler =>
  async (request) => {
    const { do: act } = Request.parse(request);
    if (act === 'ledger.key') return { key: await keys.firstKey() };
    if (act === 'ledger.retire-key') {
      await keys.retire();
      const { signer } = await keys.keys();
      return { key: verifierKeyText(verifierOf(signer, 'note')) };
    }
    const { to } = await keys.rotate();
    log.info('ledger.key-changed');
    return { key: to };
  };
