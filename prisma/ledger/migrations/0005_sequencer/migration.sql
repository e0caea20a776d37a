-- One row, for ever: sizes and epochs only grow.
INSERT INTO sequencer (id) VALUES (1);
ALTER TABLE sequencer ADD CHECK (id = 1);
CREATE FUNCTION keep_sequencer() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.id = OLD.id AND NEW.size >= OLD.size AND NEW.epoch >= OLD.epoch THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'ledger.append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER keep_sequencer BEFORE UPDATE OR DELETE ON sequencer FOR EACH ROW EXECUTE FUNCTION keep_sequencer();
CREATE TRIGGER keep_sequencer_row BEFORE TRUNCATE ON sequencer FOR EACH STATEMENT EXECUTE FUNCTION keep_sequencer();

CREATE FUNCTION keep_node() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION 'ledger.append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER keep_node BEFORE UPDATE OR DELETE OR TRUNCATE ON node FOR EACH STATEMENT EXECUTE FUNCTION keep_node();
REVOKE ALL ON FUNCTION keep_sequencer(), keep_node() FROM PUBLIC;

-- What waits for a number. Not a cursor over times or ids: a transaction that commits late would be skipped.
CREATE INDEX leaf_waiting ON leaf (created_at, id) WHERE seq IS NULL;

-- Who did it and when are hashed with the act, so that neither can be changed. The lengths of entries are written in 16 bits.
CREATE OR REPLACE FUNCTION append(process text, body text) RETURNS uuid LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  salt bytea := substring(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) FROM 1 FOR 16);
  leaf_id uuid := gen_random_uuid();
  at timestamptz(3) := clock_timestamp();
  entry bytea := convert_to('{"at":"' || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","id":"' || leaf_id
    || '","leaf":' || body || ',"process":"' || process || '"}', 'UTF8');
BEGIN
  IF octet_length(entry) > 65535 - 16 OR body IS NOT JSON OBJECT THEN
    RAISE EXCEPTION 'ledger.malformed-body' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  INSERT INTO ledger.leaf (id, process, body, salt, hash, created_at)
  VALUES (leaf_id, process, body, salt, sha256('\x00'::bytea || salt || entry), at);
  RETURN leaf_id;
END $$;

-- The sequencer reads leaves and numbers them; it can change nothing else.
GRANT USAGE ON SCHEMA ledger TO ck_sequencer;
GRANT SELECT ON leaf, sequencer, node TO ck_sequencer;
GRANT UPDATE (seq) ON leaf TO ck_sequencer;
GRANT UPDATE (epoch, size, note, keys, noted_at) ON sequencer TO ck_sequencer;
GRANT INSERT ON node TO ck_sequencer;
CREATE FUNCTION append_sequencer(body text) RETURNS uuid LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
  AS $$ SELECT ledger.append('sequencer', body) $$;

-- What receipts and exports are made of. The hashes of a tile: of level 0 those of leaves, else those of nodes.
CREATE FUNCTION tile(level int, index bigint) RETURNS bytea LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT CASE WHEN $1 = 0
    THEN (SELECT string_agg(l.hash, ''::bytea ORDER BY l.seq) FROM ledger.leaf l WHERE l.seq BETWEEN $2 * 256 AND $2 * 256 + 255)
    ELSE (SELECT string_agg(n.hash, ''::bytea ORDER BY n.index) FROM ledger.node n
      WHERE n.level = $1 AND n.index BETWEEN $2 * 256 AND $2 * 256 + 255) END
$$;
CREATE FUNCTION checkpoint() RETURNS TABLE (note text, keys text, noted_at timestamptz) LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog AS $$ SELECT s.note, s.keys, s.noted_at FROM ledger.sequencer s $$;
-- Ingest proves to who uploaded a dump that it is in the ledger.
CREATE FUNCTION received_leaf(dump uuid) RETURNS TABLE (id uuid, seq bigint, process text, body text, salt bytea, created_at timestamptz, hash bytea)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT l.id, l.seq, l.process, l.body, l.salt, l.created_at, l.hash FROM ledger.leaf l
  WHERE substring(l.body FROM '"dump":"([0-9a-f-]{36})"') = $1::text AND l.process = 'ingest'
    AND l.body LIKE '{"act":"dump.received"%' ORDER BY l.created_at LIMIT 1
$$;
-- The longest time in days that a dump may be kept: the ledger is kept for two years more.
CREATE FUNCTION longest_hold() RETURNS int LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  RETURN (SELECT coalesce(max(p.raw_days), 0) FROM identity.project p);
END $$;

REVOKE ALL ON FUNCTION append_sequencer(text), tile(int, bigint), checkpoint(), received_leaf(uuid), longest_hold() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION append_sequencer(text), longest_hold() TO ck_sequencer;
GRANT EXECUTE ON FUNCTION tile(int, bigint) TO ck_sequencer, ck_strict_api, ck_ingest;
GRANT EXECUTE ON FUNCTION checkpoint() TO ck_strict_api, ck_ingest;
GRANT EXECUTE ON FUNCTION received_leaf(uuid) TO ck_ingest;
-- An export of the audit page holds what its proofs need.
GRANT SELECT (salt, hash) ON leaf TO ck_strict_api;
