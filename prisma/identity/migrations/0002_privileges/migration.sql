-- Closed sets, so that no process can write a role, class or audience that another would honour.
ALTER TABLE membership ADD CONSTRAINT membership_role CHECK (role IN ('viewer', 'engineer'));
ALTER TABLE room_role ADD CONSTRAINT room_role_role CHECK (role IN ('security', 'auditor', 'operator', 'admin'));
ALTER TABLE session ADD CONSTRAINT session_audience CHECK (audience IN ('console', 'room'));
ALTER TABLE one_time_link ADD CONSTRAINT one_time_link_kind CHECK (kind IN ('first-run', 'invitation'));
ALTER TABLE api_token ADD CONSTRAINT api_token_class CHECK (class IN ('ingest', 'symbols', 'read'));
ALTER TABLE project ADD CONSTRAINT project_answer_style CHECK (answer_style IN ('uuid', 'crashid', 'hex16'));
ALTER TABLE person ADD CONSTRAINT person_login_lower CHECK (login = lower(login));

REVOKE ALL ON SCHEMA identity FROM PUBLIC;
GRANT USAGE ON SCHEMA identity TO ck_ingest, ck_worker, ck_keeper, ck_strict_api, ck_lenient_api;
GRANT SELECT ON project TO ck_ingest, ck_worker, ck_keeper, ck_strict_api, ck_lenient_api;

-- ingest: what a token needs to be checked, of the classes that it accepts
GRANT SELECT (id, public_id, class, project, hash, revoked_at, last_used_at), UPDATE (last_used_at) ON api_token TO ck_ingest;

-- keeper: who may approve, the public halves of their passkeys, and whether the requester may still ask
GRANT SELECT (id, name, disabled_at) ON person TO ck_keeper;
GRANT SELECT ON passkey, room_role, membership TO ck_keeper;

-- strict-api: the reading room's people
GRANT SELECT, INSERT ON person, session, passkey, room_role, one_time_link TO ck_strict_api;
GRANT UPDATE (name, password, disabled_at) ON person TO ck_strict_api;
GRANT UPDATE (seen_at, step_up_at, ended_at) ON session TO ck_strict_api;
GRANT UPDATE (counter, label, revoked_at) ON passkey TO ck_strict_api;
GRANT UPDATE (used_at) ON one_time_link TO ck_strict_api;
GRANT DELETE ON room_role TO ck_strict_api;
GRANT SELECT ON membership TO ck_strict_api;

-- lenient-api: the console's people. It sees who is admin, and cannot make one.
GRANT SELECT, INSERT ON person, session, membership, api_token, one_time_link TO ck_lenient_api;
GRANT UPDATE (name, password, disabled_at) ON person TO ck_lenient_api;
GRANT UPDATE (seen_at, ended_at) ON session TO ck_lenient_api;
GRANT UPDATE (used_at) ON one_time_link TO ck_lenient_api;
GRANT UPDATE (last_used_at, revoked_at) ON api_token TO ck_lenient_api;
GRANT DELETE ON membership TO ck_lenient_api;
GRANT SELECT ON room_role TO ck_lenient_api;

-- A token class, a session and a first-run link are nothing outside the process that they are for.
ALTER TABLE api_token ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_ingest ON api_token TO ck_ingest USING (class IN ('ingest', 'symbols'));
CREATE POLICY of_console ON api_token TO ck_lenient_api USING (true);

ALTER TABLE session ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_console ON session TO ck_lenient_api USING (audience = 'console');
CREATE POLICY of_room ON session TO ck_strict_api USING (audience = 'room');

ALTER TABLE one_time_link ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_console ON one_time_link TO ck_lenient_api USING (kind = 'invitation');
CREATE POLICY of_room ON one_time_link TO ck_strict_api USING (true);
