-- Statements are only added and ended; what was ended stays so, and words never change. (Whoever owns the table can still roll
-- an end back: docs/security.md says so, and the witness finds it.)
ALTER TABLE statement
  ADD CONSTRAINT statement_kind_known CHECK (kind IN ('credential', 'role', 'policy', 'device', 'keeper-key')),
  ADD CONSTRAINT statement_text_bounded CHECK (length(text) BETWEEN 2 AND 16384);
ALTER TABLE statement_signature ADD CONSTRAINT statement_signature_text_bounded CHECK (length(text) BETWEEN 2 AND 262144);
ALTER TABLE statement_epoch ADD CONSTRAINT statement_epoch_is_one CHECK (one = 1);
INSERT INTO statement_epoch (one, epoch) VALUES (1, 1);

CREATE FUNCTION statement_keeps_its_words() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF (OLD.id, OLD.kind, OLD.project, OLD.person_id, OLD.text) IS DISTINCT FROM (NEW.id, NEW.kind, NEW.project, NEW.person_id, NEW.text)
    OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at) THEN
    RAISE EXCEPTION 'access.statement-fixed' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER statement_keeps_its_words BEFORE UPDATE ON statement FOR EACH ROW EXECUTE FUNCTION statement_keeps_its_words();

-- Whoever has read the statements at an epoch knows them until it rises. A row and not a sequence: it rises when the change commits.
CREATE FUNCTION raise_statement_epoch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  UPDATE strict.statement_epoch SET epoch = epoch + 1 WHERE one = 1;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION raise_statement_epoch(), statement_keeps_its_words() FROM PUBLIC;
CREATE TRIGGER raise_epoch AFTER INSERT OR UPDATE OR DELETE ON statement
  FOR EACH STATEMENT EXECUTE FUNCTION raise_statement_epoch();
CREATE TRIGGER raise_epoch AFTER INSERT OR UPDATE OR DELETE ON statement_signature
  FOR EACH STATEMENT EXECUTE FUNCTION raise_statement_epoch();

ALTER TABLE device ADD CONSTRAINT device_kind_known CHECK (kind IN ('browser', 'cli'));
ALTER TABLE access_grant
  ADD CONSTRAINT access_grant_path_known CHECK (path IN ('asked', 'automatic', 'break-glass')),
  ADD CONSTRAINT access_grant_review_known CHECK (review IN ('due', 'ratified', 'violation'));
CREATE INDEX access_grant_review_due ON access_grant (project, review_due) WHERE review = 'due';

GRANT SELECT ON statement, statement_signature, statement_epoch, device TO ck_keeper, ck_strict_api;
GRANT INSERT ON statement, statement_signature, device TO ck_strict_api;
GRANT UPDATE (ended_at, ended_by) ON statement TO ck_strict_api;
GRANT UPDATE (label, seen_at, revoked_at, revoked_by) ON device TO ck_strict_api;
GRANT UPDATE (path, review, review_due) ON access_grant TO ck_strict_api;
