REVOKE ALL ON FUNCTION make_report_partition(date), make_report_partitions(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION make_report_partitions(integer) TO ck_worker;

GRANT SELECT, INSERT, UPDATE ON report, group_day, group_dims_day, project_day, group_install_day TO ck_worker;
GRANT SELECT, INSERT ON dims, word TO ck_worker;
GRANT USAGE ON SEQUENCE dims_id_seq, word_id_seq TO ck_worker;
GRANT SELECT ON group_split, annotation_rule TO ck_worker;

-- ingest: counts of what came, and the rules for what it takes
GRANT SELECT, INSERT, UPDATE (count) ON ingest_hour TO ck_ingest;
GRANT SELECT ON throttle_rule TO ck_ingest;

GRANT SELECT ON report, group_day, group_dims_day, project_day, group_install_day, dims, word, group_split, group_act, group_note,
  annotation_rule TO ck_strict_api, ck_lenient_api;
-- strict-api: a declared annotation is signed in the reading room
GRANT UPDATE (state, statement, signed_at) ON annotation_rule TO ck_strict_api;

-- lenient-api: what people say of groups, and what a project wants. It can neither write a report nor sign a rule.
GRANT UPDATE (status, fixed_in, status_at, regressed_at, owner_id, merged_into) ON crash_group TO ck_lenient_api;
GRANT INSERT ON group_act, group_note TO ck_lenient_api;
GRANT UPDATE (text, edited_at, removed_at) ON group_note TO ck_lenient_api;
GRANT SELECT, INSERT, DELETE, UPDATE (name, state) ON saved_view TO ck_lenient_api;
GRANT SELECT ON ingest_hour TO ck_lenient_api;
GRANT SELECT, INSERT, DELETE, UPDATE (place, field, pattern, action, percent) ON throttle_rule TO ck_lenient_api;
GRANT INSERT, UPDATE (state) ON annotation_rule TO ck_lenient_api;
