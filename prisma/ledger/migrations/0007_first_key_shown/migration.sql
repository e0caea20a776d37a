GRANT UPDATE (first_key) ON sequencer TO ck_sequencer;
-- What a receipt is checked with: its answer has a column more, so it is made anew.
DROP FUNCTION checkpoint();
CREATE FUNCTION checkpoint() RETURNS TABLE (note text, keys text, first_key text, noted_at timestamptz) LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = pg_catalog AS $$ SELECT s.note, s.keys, s.first_key, s.noted_at FROM ledger.sequencer s $$;
REVOKE ALL ON FUNCTION checkpoint() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION checkpoint() TO ck_strict_api, ck_ingest;
