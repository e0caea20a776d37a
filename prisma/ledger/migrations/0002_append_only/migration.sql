REVOKE ALL ON SCHEMA ledger FROM PUBLIC;
GRANT USAGE ON SCHEMA ledger TO ck_ingest, ck_worker, ck_keeper, ck_strict_api, ck_lenient_api;
ALTER DEFAULT PRIVILEGES IN SCHEMA ledger REVOKE ALL ON FUNCTIONS FROM PUBLIC;

-- The audit page shows what was done and when; salts and hashes stay here.
GRANT SELECT (id, seq, process, body, created_at) ON leaf TO ck_strict_api;

-- Even the owner's own statement cannot change what was said: only the sequencer's number may be filled in, once.
CREATE FUNCTION keep_leaf() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.seq IS NULL AND NEW.seq IS NOT NULL
    AND (OLD.id, OLD.process, OLD.body, OLD.salt, OLD.hash, OLD.created_at)
      IS NOT DISTINCT FROM (NEW.id, NEW.process, NEW.body, NEW.salt, NEW.hash, NEW.created_at)
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'ledger.append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER keep_leaf BEFORE UPDATE OR DELETE ON leaf FOR EACH ROW EXECUTE FUNCTION keep_leaf();
CREATE TRIGGER keep_leaves BEFORE TRUNCATE ON leaf FOR EACH STATEMENT EXECUTE FUNCTION keep_leaf();

-- 128 random bits out of two UUIDs' 244: gen_random_bytes would need an extension.
CREATE FUNCTION append(process text, body text) RETURNS uuid LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  salt bytea := substring(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) FROM 1 FOR 16);
  leaf_id uuid := gen_random_uuid();
BEGIN
  IF length(body) > 65536 OR body IS NOT JSON OBJECT THEN
    RAISE EXCEPTION 'ledger.malformed-body' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  INSERT INTO ledger.leaf (id, process, body, salt, hash, created_at)
  VALUES (leaf_id, process, body, salt, sha256('\x00'::bytea || salt || convert_to(body, 'UTF8')), clock_timestamp());
  RETURN leaf_id;
END $$;
REVOKE ALL ON FUNCTION append(text, text), keep_leaf() FROM PUBLIC;

-- A process can only speak in its own name: its role may run its own function, as the owner.
CREATE FUNCTION append_ingest(body text) RETURNS uuid LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
  AS $$ SELECT ledger.append('ingest', body) $$;
CREATE FUNCTION append_worker(body text) RETURNS uuid LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
  AS $$ SELECT ledger.append('worker', body) $$;
CREATE FUNCTION append_keeper(body text) RETURNS uuid LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
  AS $$ SELECT ledger.append('keeper', body) $$;
CREATE FUNCTION append_strict_api(body text) RETURNS uuid LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
  AS $$ SELECT ledger.append('strict-api', body) $$;
CREATE FUNCTION append_lenient_api(body text) RETURNS uuid LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
  AS $$ SELECT ledger.append('lenient-api', body) $$;

REVOKE ALL ON FUNCTION append_ingest(text), append_worker(text), append_keeper(text), append_strict_api(text),
  append_lenient_api(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION append_ingest(text) TO ck_ingest;
GRANT EXECUTE ON FUNCTION append_worker(text) TO ck_worker;
GRANT EXECUTE ON FUNCTION append_keeper(text) TO ck_keeper;
GRANT EXECUTE ON FUNCTION append_strict_api(text) TO ck_strict_api;
GRANT EXECUTE ON FUNCTION append_lenient_api(text) TO ck_lenient_api;
