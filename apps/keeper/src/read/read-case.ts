import { DECISIONS_THAT_OPEN, ROLES } from '@crashkeep/access';
import { type GrantId, PersonIdText } from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';
import { type GrantRow, grantFrom } from '@crashkeep/strict-store';
import { z } from 'zod';
import { MaskCase } from '../masks/mask-book.js';

const Roles = z.array(z.object({ project: z.string(), role: z.enum(ROLES) }));
export type HeldRoles = z.infer<typeof Roles>;

/** An approval of the grant's present version. Whether its credential is worth anything the signed statements say. */
const ApprovalCase = z.object({
  approver: PersonIdText,
  decision: z.enum(DECISIONS_THAT_OPEN),
  nonce: z.string(),
  statement: z.string(),
  credential: z.string(),
  assertion: z.unknown(),
  /** True also where there is no such person. */
  disabled: z.boolean(),
});
export type ApprovalCase = z.infer<typeof ApprovalCase>;

/** A sealed part: an age file of its own, under the same vault identity. */
const SealedPart = z.object({
  id: z.uuid(),
  objectKey: z.string(),
  sealedBytes: z.int(),
  vaultHeader: z.base64().nullable(),
});

const SealedColumns = z.object({
  parts: z.array(SealedPart),
  device_revoked: z.boolean(),
  dump_project: z.string(),
  object_key: z.string(),
  sealed_bytes: z.bigint().transform(Number),
  shredded_at: z.date().nullable(),
  vault_header: z.instanceof(Uint8Array).nullable(),
  vault_month: z.string(),
});

/** Everything that a read is judged by, as the database tells it in one view. None of it is believed before it is verified. */
export interface ReadCase {
  readonly grant: GrantRow;
  /** By the database's clock. */
  readonly isOver: boolean;
  /** Of the statements: what was verified at this epoch still stands. */
  readonly epoch: bigint;
  readonly requester: { readonly disabled: boolean; readonly roles: HeldRoles };
  readonly approvals: readonly ApprovalCase[];
  readonly dump: {
    readonly project: string;
    readonly objectKey: string;
    readonly sealedBytes: number;
    /** Null once shredded. */
    readonly vaultHeader: Uint8Array | null;
    readonly vaultMonth: string;
    readonly parts: readonly z.infer<typeof SealedPart>[];
  };
  readonly isDeviceRevoked: boolean;
  readonly masks: MaskCase;
}

const CaseColumns = SealedColumns.extend(MaskCase.shape).extend({
  is_over: z.boolean(),
  epoch: z.bigint(),
  requester_disabled: z.boolean(),
  requester_roles: Roles,
  approvals: z.array(ApprovalCase),
});

export async function findReadCase(rows: SqlTransaction, id: GrantId): Promise<ReadCase | null> {
  const [row] = await rows.$queryRaw<Record<string, unknown>[]>`WITH held AS (
      SELECT person_id, project, role FROM identity.membership
      UNION ALL SELECT person_id, project, role FROM identity.room_role
    )
    SELECT g.*, coalesce(g.expires_at <= clock_timestamp(), false) AS is_over,
      (SELECT e.epoch FROM strict.statement_epoch e) AS epoch,
      (SELECT coalesce(json_agg(json_build_object('address', r.address, 'part', r.part, 'offset', r."offset", 'length', r.length)
          ORDER BY r.ordinal), '[]')
        FROM strict.access_grant_range r WHERE r.grant_id = g.id AND r.version = g.version) AS ranges,
      coalesce((SELECT p.disabled_at IS NOT NULL FROM identity.person p WHERE p.id = g.requester), true) AS requester_disabled,
      (SELECT coalesce(json_agg(json_build_object('project', h.project, 'role', h.role)), '[]')
        FROM held h WHERE h.person_id = g.requester) AS requester_roles,
      (SELECT coalesce(json_agg(json_build_object('approver', a.approver, 'decision', a.decision, 'nonce', a.nonce, 'statement', a.statement,
          'credential', a.credential_id, 'assertion', a.assertion,
          'disabled', coalesce((SELECT p.disabled_at IS NOT NULL FROM identity.person p WHERE p.id = a.approver), true)
        )), '[]')
        FROM strict.access_approval a
        WHERE a.grant_id = g.id AND a.grant_version = g.version AND a.decision = ANY(${[...DECISIONS_THAT_OPEN]}::text[])) AS approvals,
      (SELECT coalesce(json_agg(json_build_object('id', t.id, 'objectKey', t.object_key, 'sealedBytes', t.sealed_bytes,
          'vaultHeader', translate(encode(t.vault_header, 'base64'), E'\\n', ''))), '[]')
        FROM strict.dump_part t WHERE t.dump_id = d.id AND t.id IN (
          SELECT r.part FROM strict.access_grant_range r WHERE r.grant_id = g.id AND r.version = g.version)) AS parts,
      coalesce((SELECT v.revoked_at IS NOT NULL OR v.person_id <> g.requester FROM strict.device v
        WHERE v.thumbprint = g.device), true) AS device_revoked,
      (SELECT m.id FROM strict.mask_set m WHERE m.dump_id = d.id ORDER BY m.number DESC LIMIT 1) AS mask,
      (SELECT coalesce(json_agg(json_build_object('number', n.number, 'signature', n.signature)), '[]')
        FROM strict.detector_set n) AS detector_sets,
      d.project AS dump_project, d.object_key, d.sealed_bytes, d.shredded_at, d.vault_header, v.period AS vault_month
    FROM strict.access_grant g JOIN strict.dump d ON d.id = g.dump_id JOIN strict.recipient v ON v.id = d.vault_recipient
    WHERE g.id = ${id}::uuid`;
  return row === undefined ? null : caseFrom(row);
}

function caseFrom(row: Record<string, unknown>): ReadCase {
  const columns = CaseColumns.parse(row);
  return {
    grant: grantFrom(row),
    isOver: columns.is_over,
    epoch: columns.epoch,
    requester: { disabled: columns.requester_disabled, roles: columns.requester_roles },
    approvals: columns.approvals,
    dump: {
      project: columns.dump_project,
      objectKey: columns.object_key,
      sealedBytes: columns.sealed_bytes,
      vaultHeader: columns.shredded_at === null ? columns.vault_header : null,
      vaultMonth: columns.vault_month,
      parts: columns.parts,
    },
    isDeviceRevoked: columns.device_revoked,
    masks: { mask: columns.mask, mask_epoch: columns.mask_epoch, detector_sets: columns.detector_sets },
  };
}
