-- What must hold of a grant whoever writes it (DESIGN.md 7).
ALTER TABLE access_grant
  ADD CONSTRAINT access_grant_state_known CHECK (state IN
    ('requested', 'approved', 'active', 'closed', 'expired', 'exhausted', 'revoked', 'denied', 'withdrawn', 'lapsed')),
  ADD CONSTRAINT access_grant_budget_kept CHECK (used_bytes >= 0 AND used_bytes <= budget_bytes),
  ADD CONSTRAINT access_grant_terms CHECK (version >= 1 AND minutes BETWEEN 1 AND 1440 AND budget_bytes >= 1);

ALTER TABLE access_grant_range ADD CONSTRAINT access_grant_range_has_bytes CHECK ("offset" >= 0 AND length >= 1);

-- Terminal states never change, and what was charged is not given back.
CREATE FUNCTION access_grant_keeps_its_end() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF OLD.state NOT IN ('requested', 'approved', 'active') AND NEW.state <> OLD.state THEN
    RAISE EXCEPTION 'access.wrong-state' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.used_bytes < OLD.used_bytes THEN
    RAISE EXCEPTION 'access.budget-refilled' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER access_grant_keeps_its_end BEFORE UPDATE ON access_grant
  FOR EACH ROW EXECUTE FUNCTION access_grant_keeps_its_end();
