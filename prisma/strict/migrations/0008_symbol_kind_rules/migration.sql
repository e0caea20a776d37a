GRANT SELECT (upload_key) ON dump TO ck_ingest;
GRANT UPDATE (kind) ON symbol_file TO ck_worker;

-- Only the keeper writes an extraction header, and its rows are what its allowance is counted by: nobody takes one away.
GRANT SELECT, INSERT, UPDATE (extraction_header, closed_at) ON extraction_lease TO ck_keeper;
GRANT SELECT, UPDATE (extraction_header, closed_at) ON extraction_lease TO ck_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON second_walk TO ck_worker;
GRANT SELECT ON second_walk TO ck_keeper;

ALTER TABLE symbol_file ADD CONSTRAINT symbol_file_kind_known CHECK (kind IN
  ('unsorted', 'breakpad', 'elf', 'elf-debug', 'elf-full', 'pe', 'pdb', 'macho'));
ALTER TABLE extraction_lease ADD CONSTRAINT extraction_lease_purpose_known CHECK (purpose IN ('second-walk'));

-- Whoever shreds a dump shreds all its headers, and nobody wants to walk it again.
CREATE FUNCTION shredded_dump_has_no_lease() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  DELETE FROM strict.second_walk WHERE dump_id = NEW.id;
  UPDATE strict.extraction_lease SET extraction_header = NULL, closed_at = coalesce(closed_at, now())
    WHERE dump_id = NEW.id AND (extraction_header IS NOT NULL OR closed_at IS NULL);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION shredded_dump_has_no_lease() FROM PUBLIC;
CREATE TRIGGER shredded_dump_has_no_lease AFTER UPDATE OF vault_header, shredded_at ON dump
  FOR EACH ROW WHEN (NEW.vault_header IS NULL OR NEW.shredded_at IS NOT NULL) EXECUTE FUNCTION shredded_dump_has_no_lease();

-- Dumps that tell no debug id are found by the code ids of their modules: Windows modules without a debug record.
CREATE INDEX walk_code_ids ON walk USING gin (jsonb_path_query_array(result, '$.modules[*].codeId') jsonb_path_ops);

-- Symbols from before forms were checked when they are read are converted again, from the file as it was uploaded.
UPDATE symbol_file SET state = 'queued' WHERE state IN ('ready', 'naming');
