import { createHash, randomUUID } from 'node:crypto';
import { type Statement, statementText } from '@crashkeep/access';
import type { PersonId } from '@crashkeep/ids';
import { type SqlTransaction, appendLeaf } from '@crashkeep/ledger';
import { endStatement, proposeStatement } from '@crashkeep/strict-store';

type Words<S> = S extends Statement ? Omit<S, 'id'> : never;
/** A statement's words; its id makes it this one and no other. */
export type StatementWords = Words<Statement>;

/** Writes a statement down, with its leaf. It is worth nothing until it is signed. */
export async function propose(tx: SqlTransaction, words: StatementWords, by: PersonId | null): Promise<Statement> {
  const statement = { ...words, id: randomUUID() } as Statement;
  await proposeStatement(tx, statement, by);
  await appendLeaf(tx, 'strict-api', { act: 'statement.proposed', ...leafFacts(statement), by });
  return statement;
}

/** Ends statements that are still live. What rested on them is the caller's to end, in the same transaction. */
export async function endAll(tx: SqlTransaction, statements: readonly Statement[], by: PersonId): Promise<void> {
  for (const statement of statements) {
    if (!(await endStatement(tx, statement.id, by))) continue;
    await appendLeaf(tx, 'strict-api', { act: 'statement.ended', ...leafFacts(statement), by });
  }
}

export const leafFacts = (statement: Statement): { statement: string; kind: Statement['kind']; hash: string } => ({
  statement: statement.id,
  kind: statement.kind,
  hash: hashOf(statementText(statement)),
});

export const hashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
