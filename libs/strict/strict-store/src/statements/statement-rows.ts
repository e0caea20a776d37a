import { randomUUID } from 'node:crypto';
import { type SignatureRow, type Statement, type TrustRows, statementText } from '@crashkeep/access';
import { type PersonId, PersonIdText } from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';
import { z } from 'zod';

/** Statements that nobody ended and every signature, in one view, with the epoch that they are of. */
export interface TrustView extends TrustRows {
  readonly epoch: bigint;
}

const Signature = z.object({ signer: z.string(), credential: z.string(), text: z.string(), assertion: z.unknown() });
const View = z.object({ epoch: z.bigint(), statements: z.array(z.string()), signatures: z.array(Signature) });

export async function findTrustRows(tx: SqlTransaction): Promise<TrustView> {
  const [row] = await tx.$queryRaw<unknown[]>`SELECT e.epoch,
      (SELECT coalesce(json_agg(s.text ORDER BY s.id), '[]') FROM strict.statement s WHERE s.ended_at IS NULL) AS statements,
      (SELECT coalesce(json_agg(json_build_object('signer', g.signer, 'credential', g.credential_id, 'text', g.text,
        'assertion', g.assertion) ORDER BY g.id), '[]') FROM strict.statement_signature g) AS signatures
    FROM strict.statement_epoch e WHERE e.one = 1`;
  return View.parse(row);
}

export async function findTrustEpoch(tx: SqlTransaction): Promise<bigint> {
  const [row] = await tx.$queryRaw<{ epoch: bigint }[]>`SELECT epoch FROM strict.statement_epoch WHERE one = 1`;
  if (row === undefined) throw new Error('strict-store.no-epoch');
  return row.epoch;
}

/** Writes a statement down; it is worth nothing until it is signed. */
export async function proposeStatement(tx: SqlTransaction, statement: Statement, by: PersonId | null): Promise<void> {
  const project = 'project' in statement ? statement.project : null;
  const person = 'person' in statement ? statement.person : null;
  await tx.$executeRaw`INSERT INTO strict.statement (id, kind, project, person_id, text, proposed_by, created_at)
    VALUES (${statement.id}::uuid, ${statement.kind}, ${project}, ${person}::uuid, ${statementText(statement)}, ${by}::uuid,
      clock_timestamp())`;
}

export interface ProposedStatement {
  readonly id: string;
  readonly text: string;
  readonly proposedBy: PersonId | null;
  readonly createdAt: Date;
}

const Proposed = z.object({
  id: z.uuid(),
  text: z.string(),
  proposed_by: PersonIdText.nullable(),
  created_at: z.date(),
});

/** Those that nobody ended, oldest first. */
export async function listStatements(tx: SqlTransaction): Promise<ProposedStatement[]> {
  const rows = await tx.$queryRaw<unknown[]>`SELECT id, text, proposed_by, created_at FROM strict.statement
    WHERE ended_at IS NULL ORDER BY created_at, id`;
  return rows.map((row) => {
    const { id, text, proposed_by: proposedBy, created_at: createdAt } = Proposed.parse(row);
    return { id, text, proposedBy, createdAt };
  });
}

/** False where it was ended already, or never was. */
export async function endStatement(tx: SqlTransaction, id: string, by: PersonId): Promise<boolean> {
  const changed = await tx.$executeRaw`UPDATE strict.statement SET ended_at = clock_timestamp(), ended_by = ${by}::uuid
    WHERE id = ${id}::uuid AND ended_at IS NULL`;
  return changed === 1;
}

/** A page that a passkey signed. A nonce signs once: a second row with it is refused by the database. */
export async function insertSignature(
  tx: SqlTransaction,
  row: SignatureRow & { readonly nonce: string },
): Promise<void> {
  await tx.$executeRaw`INSERT INTO strict.statement_signature (id, signer, credential_id, text, assertion, nonce, signed_at)
    VALUES (${randomUUID()}::uuid, ${row.signer}::uuid, ${row.credential}, ${row.text}, ${JSON.stringify(row.assertion)}::jsonb,
      ${row.nonce}, clock_timestamp())`;
}
