import type { SignedStatement, Statement } from '../api/wire.js';
import { minutesText } from '../grant/words.js';

/** What a statement says, in the words that its signer should read. */
export function statementWords({ statement, about }: SignedStatement): string {
  const who = about?.name ?? 'Somebody';
  switch (statement.kind) {
    case 'credential':
      return `The passkey ${statement.credential.slice(0, 8)} is ${who}'s, for decisions`;
    case 'role':
      return `${who} is ${statement.role} in ${statement.project === '*' ? 'every project' : statement.project}`;
    case 'policy':
      return `Policy ${String(statement.number)} of ${statement.project}`;
    case 'device':
      return `The device ${statement.device.slice(0, 8)} of ${who} is hardened`;
    case 'keeper-key':
      return "The keeper's key for recipients";
  }
}

/** Who has to sign, so that it counts. */
export const NEEDS: Readonly<Record<Statement['kind'], string>> = {
  credential: 'root, or another person who is security',
  role: 'root, or two others: an admin, and an admin or security',
  policy: 'root, or two: security, and security or an admin',
  device: 'root, or another person who is security',
  'keeper-key': 'root alone',
};

/** The lines of a policy, for whoever signs it. */
export function policyLines(statement: Statement): readonly string[] {
  if (statement.kind !== 'policy') return [];
  const { scopes, automatic, breakGlass } = statement.rules;
  const lines = Object.entries(scopes).map(([kind, rule]) =>
    rule === null
      ? `${kind}: nobody may ask`
      : `${kind}: ${String(rule.approvals)} of security, up to ${minutesText(rule.minutesMax)}, ${String(rule.budgetMax)} bytes${rule.hardened ? ', hardened devices only' : ''}`,
  );
  const glass =
    breakGlass === null
      ? 'No reading before approval'
      : `Break-glass up to ${minutesText(breakGlass.minutesMax)}, ${String(breakGlass.budgetMax)} bytes, ${String(breakGlass.reviews)} must look within a day`;
  return [...lines, `By the policy alone: ${automatic.length === 0 ? 'nothing' : automatic.join(', ')}`, glass];
}
