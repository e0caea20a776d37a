import { ApprovalStatement, DECISIONS_THAT_OPEN } from '@crashkeep/access';
import type { ApprovalRow, GrantRow } from '@crashkeep/strict-store';

/**
 * The earliest end that an approval of the present version signed; null where there is none. The keeper verifies what is read
 * here, so a row that lies gains nothing.
 */
export function notAfterOf(grant: GrantRow, approvals: readonly ApprovalRow[]): Date | null {
  const ends = approvals
    .filter(({ version, decision }) => version === grant.version && DECISIONS_THAT_OPEN.some((it) => it === decision))
    .map(({ statement }) => new Date(statementFrom(statement).grant.notAfter).getTime());
  return ends.length === 0 ? null : new Date(Math.min(...ends));
}

/** A statement as this process wrote it down. */
export const statementFrom = (text: string): ApprovalStatement => ApprovalStatement.parse(JSON.parse(text));
