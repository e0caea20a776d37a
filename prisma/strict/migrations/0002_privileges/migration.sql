REVOKE ALL ON SCHEMA strict FROM PUBLIC;
GRANT USAGE ON SCHEMA strict TO ck_ingest, ck_worker, ck_keeper, ck_strict_api;

-- ingest writes what it sealed and cannot read a header back.
GRANT INSERT ON dump, dump_part TO ck_ingest;
GRANT SELECT (id, project, object_key, received_at, token_id, alias, state, retain_until) ON dump TO ck_ingest;
GRANT SELECT (id, dump_id, kind, object_key) ON dump_part TO ck_ingest;
GRANT SELECT, INSERT ON symbol_file TO ck_ingest;
GRANT SELECT ON recipient TO ck_ingest;

-- worker opens the extraction header and destroys it; the vault's is none of its business.
GRANT SELECT (id, project, format, received_at, object_key, plain_bytes, sealed_bytes, vault_recipient, extraction_header,
  extraction_recipient, token_id, alias, product, version, channel, state, attempts, leased_at, lease_owner, failure, retain_until,
  shredded_at) ON dump TO ck_worker;
GRANT UPDATE (extraction_header, state, attempts, leased_at, lease_owner, failure) ON dump TO ck_worker;
GRANT SELECT (id, dump_id, kind, object_key, plain_bytes, sealed_bytes, extraction_header) ON dump_part TO ck_worker;
GRANT UPDATE (extraction_header) ON dump_part TO ck_worker;
GRANT SELECT, INSERT, UPDATE ON walk TO ck_worker;
GRANT SELECT, UPDATE (code_file, code_id, form_key, state, failure) ON symbol_file TO ck_worker;
GRANT SELECT ON recipient TO ck_worker;

-- keeper: headers, recipients, and the grants that it verifies and charges
GRANT SELECT ON dump, dump_part, access_grant, access_grant_range, access_approval TO ck_keeper;
GRANT UPDATE (vault_header, vault_recipient, extraction_header, extraction_recipient, shredded_at) ON dump TO ck_keeper;
GRANT UPDATE (vault_header, extraction_header) ON dump_part TO ck_keeper;
GRANT UPDATE (state, used_bytes, decided_at, activated_at, expires_at, ended_at, ended_by) ON access_grant TO ck_keeper;
GRANT SELECT, INSERT, UPDATE (destroyed_at) ON recipient TO ck_keeper;

-- strict-api: requests and approvals; of a dump everything but its headers. It cannot refill a budget.
GRANT SELECT (id, project, format, received_at, plain_bytes, sealed_bytes, alias, product, version, channel, state, failure,
  retain_until, shredded_at) ON dump TO ck_strict_api;
GRANT SELECT (id, dump_id, kind, plain_bytes, sealed_bytes) ON dump_part TO ck_strict_api;
GRANT SELECT ON walk TO ck_strict_api;
GRANT SELECT, INSERT ON access_grant, access_grant_range, access_approval TO ck_strict_api;
GRANT UPDATE (state, version, scope, scope_detail, reason, ticket, minutes, budget_bytes, device, policy, decided_at, activated_at,
  expires_at, ended_at, ended_by) ON access_grant TO ck_strict_api;
GRANT SELECT, INSERT, DELETE, UPDATE (used_at) ON room_challenge TO ck_strict_api;
