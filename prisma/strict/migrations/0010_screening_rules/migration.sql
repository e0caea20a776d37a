ALTER TABLE screening
  ADD CONSTRAINT screening_state_known CHECK (state IN ('waiting', 'screening', 'complete', 'partial', 'failed')),
  ADD CONSTRAINT screening_end_timed CHECK ((state IN ('complete', 'partial', 'failed')) = (finished_at IS NOT NULL));
ALTER TABLE secret
  ADD CONSTRAINT secret_rotation_known CHECK (rotation IN ('open', 'rotating', 'rotated', 'accepted')),
  ADD CONSTRAINT secret_level_known CHECK (level BETWEEN 0 AND 5),
  ADD CONSTRAINT secret_severity_known CHECK (severity IN ('critical', 'high', 'medium', 'low', 'info')),
  -- No column has room for a value: names of kinds, hashes, and what people wrote about a rotation.
  ADD CONSTRAINT secret_kind_is_a_name CHECK (kind ~ '^[a-z0-9-]{1,64}$'),
  ADD CONSTRAINT secret_fingerprint_is_a_hash CHECK (fingerprint ~ '^[0-9a-f]{32}$'),
  ADD CONSTRAINT secret_spki_is_a_hash CHECK (spki ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT secret_ssh_is_a_hash CHECK (ssh ~ '^SHA256:[A-Za-z0-9+/]{43}$'),
  ADD CONSTRAINT secret_words_bounded CHECK (length(owner) <= 200 AND length(note) <= 2000);
ALTER TABLE sighting
  ADD CONSTRAINT sighting_has_bytes CHECK (length > 0 AND "offset" >= 0),
  ADD CONSTRAINT sighting_level_known CHECK (level BETWEEN 0 AND 5),
  ADD CONSTRAINT sighting_address_is_one CHECK (address ~ '^0x[0-9a-f]{1,16}$'),
  ADD CONSTRAINT sighting_detector_is_a_name CHECK (detector ~ '^[a-z0-9-]{1,32}@[0-9]{1,4}$');
ALTER TABLE mask_set ADD CONSTRAINT mask_set_statement_bounded CHECK (length(statement) <= 4194304);

-- The dump itself has no part: it is one place all the same.
DROP INDEX "sighting_dump_id_part_id_secret_id_offset_length_key";
CREATE UNIQUE INDEX "sighting_dump_id_part_id_secret_id_offset_length_key"
  ON sighting (dump_id, part_id, secret_id, "offset", length) NULLS NOT DISTINCT;

-- worker: writes what it found, and says to every open grant of the dump that it must be looked at again.
GRANT SELECT, INSERT, UPDATE (state, attempts, leased_at, lease_owner, failure, skipped, claimed_bytes, read_bytes,
  constant_bytes, finished_at) ON screening TO ck_worker;
GRANT SELECT, INSERT ON detector_set, sighting, mask_set TO ck_worker;
GRANT SELECT (id, project, kind, fingerprint, level, severity), INSERT, UPDATE (level, severity) ON secret TO ck_worker;
GRANT SELECT (id, dump_id, state, mask_epoch), UPDATE (mask_epoch) ON access_grant TO ck_worker;

-- keeper: reads masks, opens what an order names to the worker again. What was found is none of its business.
GRANT SELECT ON mask_set, detector_set TO ck_keeper;
GRANT SELECT, INSERT ON screening TO ck_keeper;
GRANT UPDATE (extraction_header) ON dump_part TO ck_keeper;

-- strict-api: shows findings and exposure, keeps what became of a key. It cannot say that something was not found.
GRANT SELECT ON screening, detector_set, secret, sighting TO ck_strict_api;
GRANT SELECT (id, dump_id, number, detectors, created_at, statement) ON mask_set TO ck_strict_api;
GRANT UPDATE (rotation, owner, note, rotation_at, rotation_by) ON secret TO ck_strict_api;

ALTER TABLE statement DROP CONSTRAINT statement_kind_known;
ALTER TABLE statement ADD CONSTRAINT statement_kind_known
  CHECK (kind IN ('credential', 'role', 'policy', 'device', 'keeper-key', 'rescan'));
