import { createHash } from 'node:crypto';
import { type PersonId, type ProjectId, ProjectIdText, newPersonId } from '@crashkeep/ids';
import { randomBytes, randomUUID } from 'node:crypto';
import { type SignedRole, type Statement, type StatementOf, signedPageText, statementText } from './statement.js';
import { type SignatureRow, Trust, type TrustGround, type TrustedKey } from './trust.js';

export const ORIGIN = 'http://room.localhost:8081';
export const P = ProjectIdText.parse('default');
export const OTHER = ProjectIdText.parse('other');

export interface Someone {
  readonly person: PersonId;
  readonly key: TrustedKey;
}

const base64url = (bytes: number): string => randomBytes(bytes).toString('base64url');

export function someone(): Someone {
  const person = newPersonId();
  return { person, key: { person, credential: base64url(16), publicKey: base64url(32) } };
}

/** Stands for a signature: only who knows the key can make it. */
const mark = (challenge: Uint8Array, publicKey: string): string =>
  createHash('sha256').update(challenge).update(publicKey).digest('hex');

async function challengeOf(text: string): Promise<Uint8Array> {
  const { signedPageChallenge } = await import('./statement.js');
  return signedPageChallenge(text);
}

/** Rows of a database, and the honest ways to write them. */
export class Rows {
  readonly statements: string[] = [];
  readonly signatures: SignatureRow[] = [];

  add(statement: Statement): Statement {
    this.statements.push(statementText(statement));
    return statement;
  }

  role(person: PersonId, role: SignedRole, project: ProjectId | '*' = P): Statement {
    return this.add({ kind: 'role', id: randomUUID(), person, project, role });
  }

  credential({ key }: Someone): StatementOf<'credential'> {
    const statement = { kind: 'credential', id: randomUUID(), ...key } as const;
    this.add(statement);
    return statement;
  }

  end(statement: Statement): void {
    this.statements.splice(this.statements.indexOf(statementText(statement)), 1);
  }

  async sign(by: Someone, statements: readonly Statement[], page: { origin?: string; signer?: PersonId } = {}) {
    const { origin = ORIGIN, signer = by.person } = page;
    const text = signedPageText({ origin, nonce: base64url(32), signer, statements: [...statements] });
    const assertion = mark(await challengeOf(text), by.key.publicKey);
    const row: SignatureRow = { signer, credential: by.key.credential, text, assertion };
    this.signatures.push(row);
    return row;
  }

  trust(root: Someone | null): Promise<Trust> {
    return Trust.of(this, groundOf(root));
  }
}

export const groundOf = (root: Someone | null): TrustGround => ({
  root: root?.key ?? null,
  origin: ORIGIN,
  verify: (challenge, { publicKey }, assertion) => Promise.resolve(assertion === mark(challenge, publicKey)),
});
