import type { FileRange } from '@crashkeep/access';
import type { DumpId, GrantId, PersonId } from '@crashkeep/ids';
import { type LeafOf, type SqlTransaction, leafBody, parseLeaf } from '@crashkeep/ledger';

/** A read whose right was verified and that is not charged yet. */
export interface ReadToCharge {
  readonly grant: GrantId;
  readonly version: number;
  readonly dump: DumpId;
  readonly requester: PersonId;
  readonly device: string | null;
  readonly ranges: readonly FileRange[];
  readonly bytes: number;
  /** The mask set that will be applied, the grant's epoch at which it was the newest, and what it hides of these ranges. */
  readonly mask: { readonly id: string; readonly epoch: number; readonly hidden: number };
}

export interface ChargedRead {
  readonly leaf: string;
  readonly left: number;
  readonly expiresAt: Date;
  /** The read that used the budget up ended the grant. */
  readonly exhausted: boolean;
}

interface ChargedRow {
  leaf: string;
  remaining: bigint;
  expires_at: Date;
  exhausted: boolean;
}

/**
 * Authorise, charge and append in one committed statement (DESIGN.md 7). After a wait for the row PostgreSQL looks again at
 * the conditions on that row, and only on it: every act that takes a right away therefore writes the grant's row. That the
 * requester is still an engineer is judged in the same statement's view. Null: a condition did not hold, nothing was written.
 * Run it outside a transaction: when it resolves it is committed.
 */
export async function chargeRead(rows: SqlTransaction, read: ReadToCharge): Promise<ChargedRead | null> {
  const [before, after] = bodyAroundLeft(read);
  const [row] = await rows.$queryRaw<ChargedRow[]>`WITH charged AS (
      UPDATE strict.access_grant g SET used_bytes = used_bytes + ${read.bytes}::bigint,
        state = CASE WHEN used_bytes + ${read.bytes}::bigint = budget_bytes THEN 'exhausted' ELSE state END,
        ended_at = CASE WHEN used_bytes + ${read.bytes}::bigint = budget_bytes THEN clock_timestamp() END
      WHERE g.id = ${read.grant}::uuid AND g.version = ${read.version}::int AND g.state = 'active'
        AND g.expires_at > clock_timestamp() AND g.used_bytes + ${read.bytes}::bigint <= g.budget_bytes
        AND g.requester = ${read.requester}::uuid AND g.dump_id = ${read.dump}::uuid
        AND g.device IS NOT DISTINCT FROM ${read.device}::text AND g.mask_epoch = ${read.mask.epoch}::int
        AND NOT EXISTS (SELECT FROM strict.device v WHERE v.thumbprint = g.device AND v.revoked_at IS NOT NULL)
        AND EXISTS (SELECT FROM identity.membership m WHERE m.person_id = g.requester AND m.project = g.project
          AND m.role = 'engineer')
      RETURNING g.budget_bytes - g.used_bytes AS remaining, g.expires_at, g.state = 'exhausted' AS exhausted
    )
    SELECT remaining, expires_at, exhausted, ledger.append_keeper(${before} || remaining::text || ${after}) AS leaf,
      CASE WHEN exhausted THEN ledger.append_keeper(${exhaustedBody(read)}) END AS ending FROM charged`;
  if (row === undefined) return null;
  return { leaf: row.leaf, left: Number(row.remaining), expiresAt: row.expires_at, exhausted: row.exhausted };
}

/** What is left is known only inside the statement: a whole number there spells as canonical JSON spells it. */
function bodyAroundLeft({
  grant,
  version,
  dump,
  requester,
  ranges,
  bytes,
  mask,
}: ReadToCharge): readonly [string, string] {
  const leaf: LeafOf<'keeper'> = {
    ...{ act: 'grant.read', grant, version, dump, requester, bytes, left: 0, mask: mask.id, hidden: mask.hidden },
    ranges: [...ranges],
  };
  const [before, after, ...more] = leafBody(parseLeaf('keeper', leaf)).split('"left":0');
  if (before === undefined || after === undefined || more.length > 0) throw new TypeError('ledger.malformed-body');
  return [`${before}"left":`, after];
}

const exhaustedBody = ({ grant, version }: ReadToCharge): string =>
  leafBody(parseLeaf('keeper', { act: 'grant.exhausted', grant, version, by: null }));
