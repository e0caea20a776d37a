REVOKE ALL ON SCHEMA lenient FROM PUBLIC;
GRANT USAGE ON SCHEMA lenient TO ck_ingest, ck_worker, ck_keeper, ck_strict_api, ck_lenient_api;

GRANT INSERT ON dump_state TO ck_ingest;
GRANT SELECT, INSERT, UPDATE ON dump_state, crash_group, group_day, report TO ck_worker;
GRANT SELECT, UPDATE (stage, shredded_at, held_until, opened_bytes, grants_open, grants_ended, changed_at) ON dump_state TO ck_keeper;
GRANT SELECT ON dump_state, crash_group, group_day, report TO ck_strict_api, ck_lenient_api;
