import { Decision } from '@crashkeep/access';
import { type GrantId, type PersonId, PersonIdText } from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';
import { z } from 'zod';

export interface ApprovalRow {
  readonly approver: PersonId;
  readonly version: number;
  readonly decision: Decision;
  readonly note: string | null;
  readonly statement: string;
  readonly credentialId: string;
  readonly decidedAt: Date;
}

const ApprovalColumns = z.object({
  approver: PersonIdText,
  grant_version: z.int(),
  decision: Decision,
  reason: z.string().nullable(),
  statement: z.string(),
  credential_id: z.string(),
  decided_at: z.date(),
});

/** Every decision on a grant, oldest first, those of voided versions too. Whether one is worth anything the keeper says. */
export async function approvalsOfGrant(tx: SqlTransaction, grant: GrantId): Promise<ApprovalRow[]> {
  const rows = await tx.$queryRaw<unknown[]>`SELECT approver, grant_version, decision, reason, statement, credential_id,
      decided_at FROM strict.access_approval WHERE grant_id = ${grant}::uuid ORDER BY decided_at, id`;
  return rows.map((row) => {
    const columns = ApprovalColumns.parse(row);
    const { approver, decision, statement } = columns;
    return {
      ...{ approver, decision, statement, version: columns.grant_version, note: columns.reason },
      ...{ credentialId: columns.credential_id, decidedAt: columns.decided_at },
    };
  });
}
