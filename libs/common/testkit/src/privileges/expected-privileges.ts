import type { AppRole } from '@crashkeep/database';

/** What a role may do with a table. Columns by name, or `*` for the table. What is not named is refused. */
export interface Rights {
  readonly select?: '*' | readonly string[];
  readonly insert?: true;
  readonly update?: '*' | readonly string[];
  readonly delete?: true;
}

type RightsOf = { readonly [R in AppRole]?: Rights };

const READ: Rights = { select: '*' };
const TOKEN_CHECK = ['id', 'public_id', 'class', 'project', 'hash', 'revoked_at', 'last_used_at'];
const DUMP_BUT_HEADERS = [
  'id',
  'project',
  'format',
  'received_at',
  'plain_bytes',
  'sealed_bytes',
  'alias',
  'product',
  'version',
].concat(['channel', 'state', 'failure', 'retain_until', 'shredded_at']);
const DUMP_BUT_VAULT_HEADER = [
  ...DUMP_BUT_HEADERS,
  'object_key',
  'vault_recipient',
  'extraction_header',
  'extraction_recipient',
].concat(['token_id', 'attempts', 'leased_at', 'lease_owner']);
const GRANT_TERMS = [
  'version',
  'scope',
  'scope_detail',
  'reason',
  'ticket',
  'minutes',
  'budget_bytes',
  'device',
  'policy',
];
const WRITE_ONCE: Rights = { select: '*', insert: true };
const SCREENING_LIFE = ['state', 'attempts', 'leased_at', 'lease_owner', 'failure', 'skipped', 'finished_at'].concat([
  'claimed_bytes',
  'read_bytes',
  'constant_bytes',
]);
const STATEMENTS: RightsOf = { ck_keeper: READ, ck_strict_api: READ };
const GRANT_LIFE = ['state', 'decided_at', 'activated_at', 'expires_at', 'ended_at', 'ended_by'];
const LENIENT_READERS: RightsOf = { ck_strict_api: READ, ck_lenient_api: READ };
/** Reports and their counts: the worker writes them. */
const COUNTED: RightsOf = { ck_worker: { select: '*', insert: true, update: '*' }, ...LENIENT_READERS };

/** Every table of ours and every right that a role has on it. A table that is not named here is closed to all. */
export const EXPECTED: Readonly<Record<string, RightsOf>> = {
  'identity.project': {
    ck_ingest: READ,
    ck_worker: READ,
    ck_keeper: READ,
    ck_strict_api: READ,
    ck_lenient_api: { select: '*', insert: true, update: ['name', 'answer_style', 'preset', 'lenient_days'] },
  },
  'identity.person': {
    ck_keeper: { select: ['id', 'name', 'disabled_at'] },
    ck_strict_api: { select: '*', insert: true, update: ['name', 'password', 'disabled_at'] },
    ck_lenient_api: { select: '*', insert: true, update: ['name', 'password', 'disabled_at'] },
  },
  'identity.membership': {
    ck_keeper: READ,
    ck_strict_api: READ,
    ck_lenient_api: { select: '*', insert: true, delete: true },
  },
  'identity.room_role': {
    ck_keeper: READ,
    ck_strict_api: { select: '*', insert: true, delete: true },
    ck_lenient_api: READ,
  },
  'identity.passkey': {
    ck_keeper: READ,
    ck_strict_api: { select: '*', insert: true, update: ['counter', 'label', 'revoked_at'] },
  },
  'identity.session': {
    ck_strict_api: { select: '*', insert: true, update: ['seen_at', 'step_up_at', 'ended_at'] },
    ck_lenient_api: { select: '*', insert: true, update: ['seen_at', 'ended_at'] },
  },
  'identity.one_time_link': {
    ck_strict_api: { select: '*', insert: true, update: ['used_at'] },
    ck_lenient_api: { select: '*', insert: true, update: ['used_at'] },
  },
  'identity.api_token': {
    ck_ingest: { select: TOKEN_CHECK, update: ['last_used_at'] },
    ck_lenient_api: { select: '*', insert: true, update: ['last_used_at', 'revoked_at'] },
  },
  'ledger.leaf': { ck_strict_api: READ, ck_sequencer: { select: '*', update: ['seq'] } },
  'ledger.sequencer': {
    ck_sequencer: { select: '*', update: ['epoch', 'size', 'note', 'first_key', 'keys', 'noted_at'] },
  },
  'ledger.node': { ck_sequencer: { select: '*', insert: true } },
  'strict.dump': {
    ck_ingest: {
      select: [
        'id',
        'project',
        'object_key',
        'received_at',
        'token_id',
        'alias',
        'state',
        'retain_until',
        'upload_key',
      ],
      insert: true,
    },
    ck_worker: {
      select: DUMP_BUT_VAULT_HEADER,
      update: ['extraction_header', 'state', 'attempts', 'leased_at', 'lease_owner', 'failure'],
    },
    ck_keeper: {
      select: '*',
      update: ['vault_header', 'vault_recipient', 'extraction_header', 'extraction_recipient', 'shredded_at'],
    },
    ck_strict_api: { select: DUMP_BUT_HEADERS },
  },
  'strict.dump_part': {
    ck_ingest: { select: ['id', 'dump_id', 'kind', 'object_key'], insert: true },
    ck_worker: {
      select: ['id', 'dump_id', 'kind', 'object_key', 'plain_bytes', 'sealed_bytes', 'extraction_header'],
      update: ['extraction_header'],
    },
    ck_keeper: { select: '*', update: ['vault_header', 'extraction_header'] },
    ck_strict_api: { select: ['id', 'dump_id', 'kind', 'plain_bytes', 'sealed_bytes'] },
  },
  'strict.walk': { ck_worker: { select: '*', insert: true, update: '*' }, ck_strict_api: READ },
  'strict.symbol_file': {
    ck_ingest: { select: '*', insert: true },
    ck_worker: { select: '*', update: ['kind', 'code_file', 'code_id', 'form_key', 'state', 'failure'] },
  },
  'strict.second_walk': { ck_worker: { select: '*', insert: true, update: '*', delete: true }, ck_keeper: READ },
  'strict.extraction_lease': {
    ck_worker: { select: '*', update: ['extraction_header', 'closed_at'] },
    ck_keeper: { select: '*', insert: true, update: ['extraction_header', 'closed_at'] },
  },
  'strict.recipient': {
    ck_ingest: READ,
    ck_worker: READ,
    ck_keeper: { select: '*', insert: true, update: ['destroyed_at'] },
  },
  'strict.screening': {
    ck_worker: { select: '*', insert: true, update: SCREENING_LIFE },
    ck_keeper: { select: '*', insert: true },
    ck_strict_api: READ,
  },
  'strict.detector_set': { ck_worker: WRITE_ONCE, ck_keeper: READ, ck_strict_api: READ },
  'strict.mask_set': {
    ck_worker: WRITE_ONCE,
    ck_keeper: READ,
    ck_strict_api: { select: ['id', 'dump_id', 'number', 'detectors', 'created_at', 'statement'] },
  },
  'strict.secret': {
    ck_worker: {
      select: ['id', 'project', 'kind', 'fingerprint', 'level', 'severity'],
      insert: true,
      update: ['level', 'severity'],
    },
    ck_strict_api: { select: '*', update: ['rotation', 'owner', 'note', 'rotation_at', 'rotation_by'] },
  },
  'strict.sighting': { ck_worker: WRITE_ONCE, ck_strict_api: READ },
  'strict.access_grant': {
    ck_worker: { select: ['id', 'dump_id', 'state', 'mask_epoch'], update: ['mask_epoch'] },
    ck_keeper: { select: '*', update: [...GRANT_LIFE, 'used_bytes'] },
    ck_strict_api: {
      select: '*',
      insert: true,
      update: [...GRANT_LIFE, ...GRANT_TERMS, 'path', 'review', 'review_due'],
    },
  },
  'strict.access_grant_range': { ck_keeper: READ, ck_strict_api: { select: '*', insert: true } },
  'strict.statement': {
    ...STATEMENTS,
    ck_strict_api: { select: '*', insert: true, update: ['ended_at', 'ended_by'] },
  },
  'strict.statement_signature': { ...STATEMENTS, ck_strict_api: { select: '*', insert: true } },
  'strict.statement_epoch': STATEMENTS,
  'strict.device': {
    ck_keeper: READ,
    ck_strict_api: { select: '*', insert: true, update: ['label', 'seen_at', 'revoked_at', 'revoked_by'] },
  },
  'strict.access_approval': { ck_keeper: READ, ck_strict_api: { select: '*', insert: true } },
  'strict.room_challenge': { ck_strict_api: { select: '*', insert: true, update: ['used_at'], delete: true } },
  'lenient.dump_state': {
    ck_ingest: { insert: true },
    ck_worker: { select: '*', insert: true, update: '*' },
    ck_keeper: {
      select: '*',
      update: ['stage', 'shredded_at', 'held_until', 'opened_bytes', 'grants_open', 'grants_ended', 'changed_at'],
    },
    ck_strict_api: READ,
    ck_lenient_api: READ,
  },
  'lenient.screen_summary': { ck_worker: { select: '*', insert: true, update: '*' }, ...LENIENT_READERS },
  'lenient.crash_group': {
    ck_worker: { select: '*', insert: true, update: '*' },
    ck_strict_api: READ,
    ck_lenient_api: {
      select: '*',
      update: ['status', 'fixed_in', 'status_at', 'regressed_at', 'owner_id', 'merged_into'],
    },
  },
  'lenient.dims': { ck_worker: { select: '*', insert: true }, ...LENIENT_READERS },
  'lenient.word': { ck_worker: { select: '*', insert: true }, ...LENIENT_READERS },
  'lenient.report': COUNTED,
  'lenient.group_day': COUNTED,
  'lenient.group_dims_day': COUNTED,
  'lenient.project_day': COUNTED,
  'lenient.group_install_day': COUNTED,
  'lenient.group_split': { ck_worker: READ, ...LENIENT_READERS },
  'lenient.group_act': { ck_strict_api: READ, ck_lenient_api: { select: '*', insert: true } },
  'lenient.group_note': {
    ck_strict_api: READ,
    ck_lenient_api: { select: '*', insert: true, update: ['text', 'edited_at', 'removed_at'] },
  },
  'lenient.saved_view': {
    ck_lenient_api: { select: '*', insert: true, update: ['name', 'state'], delete: true },
  },
  'lenient.alert_rule': {
    ck_lenient_api: { select: '*', insert: true, update: ['state', 'last_sent_at', 'failing'], delete: true },
  },
  'lenient.alert': {
    ck_lenient_api: { select: '*', insert: true, update: ['state', 'tries', 'next_try_at', 'sent_at'], delete: true },
  },
  'lenient.ingest_hour': { ck_ingest: { select: '*', insert: true, update: ['count'] }, ck_lenient_api: READ },
  'lenient.throttle_rule': {
    ck_ingest: READ,
    ck_lenient_api: {
      select: '*',
      insert: true,
      update: ['place', 'field', 'pattern', 'action', 'percent'],
      delete: true,
    },
  },
  'lenient.annotation_rule': {
    ck_worker: READ,
    ck_strict_api: { select: '*', update: ['state', 'statement', 'signed_at'] },
    ck_lenient_api: { select: '*', insert: true, update: ['state'] },
  },
};

/** BullMQ's tables, all alike but its list of migrations. */
export const QUEUE_TABLE: RightsOf = {
  ck_ingest: { select: '*', insert: true, update: '*' },
  ck_worker: { select: '*', insert: true, update: '*', delete: true },
};
export const QUEUE_MIGRATION_TABLE: RightsOf = { ck_ingest: READ, ck_worker: READ };

/** The one function of the ledger that a role may run. */
export const APPEND_FUNCTION: Readonly<Record<AppRole, string>> = {
  ck_ingest: 'append_ingest',
  ck_worker: 'append_worker',
  ck_keeper: 'append_keeper',
  ck_sequencer: 'append_sequencer',
  ck_strict_api: 'append_strict_api',
  ck_lenient_api: 'append_lenient_api',
};
