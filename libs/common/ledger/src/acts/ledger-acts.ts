import { z } from 'zod';

/** A public key as verifiers are told it: `name+01234567+<base64>`. */
const KeyText = z.string().min(1).max(300);

export const LedgerOpened = z.strictObject({ act: z.literal('ledger.opened'), key: KeyText });

/** From here on the ledger signs with another key, which the old one has named. */
export const LedgerKeyChanged = z.strictObject({ act: z.literal('ledger.key-changed'), from: KeyText, to: KeyText });

/** A witness would not cosign what it was shown: the ledger is not what it was, or the witness is not. */
export const LedgerWitnessRefused = z.strictObject({
  act: z.literal('ledger.witness-refused'),
  witness: KeyText,
  status: z.int().min(100).max(599),
  size: z.int().min(0),
});
