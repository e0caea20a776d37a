import type { AdminHandler, AppLogger } from '@crashkeep/platform';
import { z } from 'zod';
import type { KeyFolder } from './keys/key-folder.js';

const Request = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('ledger.key') }),
  z.strictObject({ do: z.literal('ledger.rotate-key') }),
]);

/** What `crashkeep audit key` and `crashkeep audit rotate-key` ask. The new key signs from the next checkpoint on. */
export const adminCommands =
  (keys: KeyFolder, log: AppLogger): AdminHandler =>
  async (request) => {
    const { do: act } = Request.parse(request);
    if (act === 'ledger.key') return { key: await keys.firstKey() };
    const { to } = await keys.rotate();
    log.info('ledger.key-changed');
    return { key: to };
  };
