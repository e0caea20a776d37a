import { z } from 'zod';
import { PersonOrNobody, Sha256Hex } from './words.js';

const ofStatement = {
  statement: z.uuid(),
  kind: z.enum(['credential', 'role', 'policy', 'device', 'keeper-key']),
  /** Of its canonical text. */
  hash: Sha256Hex,
};

/** Written down; worth nothing until it is signed. `by` is nobody where the room found a right of an older version to be signed. */
export const StatementProposed = z.strictObject({
  act: z.literal('statement.proposed'),
  ...ofStatement,
  by: PersonOrNobody,
});

export const StatementSigned = z.strictObject({
  act: z.literal('statement.signed'),
  ...ofStatement,
  signer: z.uuid(),
  credential: z.string().min(1).max(2048),
  /** Of the text of the whole page that the passkey signed. */
  page: Sha256Hex,
  /** Whether it now counts, or waits for more. */
  counts: z.boolean(),
});

export const StatementEnded = z.strictObject({ act: z.literal('statement.ended'), ...ofStatement, by: PersonOrNobody });
