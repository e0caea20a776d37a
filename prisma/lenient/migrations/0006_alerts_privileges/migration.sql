-- lenient-api alone looks for what fires and tells it.
GRANT SELECT, INSERT, DELETE, UPDATE (state, last_sent_at, failing) ON alert_rule TO ck_lenient_api;
GRANT SELECT, INSERT, DELETE, UPDATE (state, tries, next_try_at, sent_at) ON alert TO ck_lenient_api;
