-- A right that goes takes the open grants with it that rest on it, in its own transaction and on the grants' own rows: under READ
-- COMMITTED a read that waits for such a row looks at it again, and at nothing else (DESIGN.md 7). The console takes memberships
-- and knows no grant, so the database does it, with the leaf. The leaf speaks in the name of the process that took the right.
CREATE FUNCTION end_grants_of(person uuid, in_project text, approver_too boolean) RETURNS void LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  ended record;
  teller text := CASE session_user WHEN 'ck_lenient_api' THEN 'lenient-api' ELSE 'strict-api' END;
BEGIN
  FOR ended IN
    UPDATE strict.access_grant g SET state = 'revoked', ended_at = clock_timestamp()
    WHERE g.state IN ('approved', 'active') AND (in_project IS NULL OR g.project = in_project)
      AND (g.requester = person OR (approver_too AND EXISTS (SELECT FROM strict.access_approval a
        WHERE a.grant_id = g.id AND a.grant_version = g.version AND a.approver = person)))
    RETURNING g.id, g.version
  LOOP
    PERFORM ledger.append(teller,
      format('{"act":"grant.revoked","by":null,"grant":"%s","version":%s}', ended.id, ended.version));
  END LOOP;
END $$;

CREATE FUNCTION membership_takes_its_grants() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF OLD.role = 'engineer' THEN PERFORM identity.end_grants_of(OLD.person_id, OLD.project, false); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER takes_its_grants AFTER DELETE ON membership FOR EACH ROW EXECUTE FUNCTION membership_takes_its_grants();

CREATE FUNCTION person_takes_their_grants() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF OLD.disabled_at IS NULL AND NEW.disabled_at IS NOT NULL THEN PERFORM identity.end_grants_of(NEW.id, NULL, true); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER takes_their_grants AFTER UPDATE OF disabled_at ON person FOR EACH ROW EXECUTE FUNCTION person_takes_their_grants();

REVOKE ALL ON FUNCTION end_grants_of(uuid, text, boolean), membership_takes_its_grants(), person_takes_their_grants() FROM PUBLIC;
