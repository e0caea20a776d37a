-- Five counts and a state: what this row may say is bounded where it is kept, too (libs/airlock, disclose-screening).
ALTER TABLE screen_summary
  ADD CONSTRAINT screen_summary_state_known CHECK (state IN ('none', 'partial', 'complete', 'failed')),
  ADD CONSTRAINT screen_summary_counts_bounded CHECK (critical BETWEEN 0 AND 255 AND high BETWEEN 0 AND 255
    AND medium BETWEEN 0 AND 255 AND low BETWEEN 0 AND 255 AND info BETWEEN 0 AND 255 AND detectors BETWEEN 0 AND 9999);
GRANT SELECT, INSERT, UPDATE ON screen_summary TO ck_worker;
GRANT SELECT ON screen_summary TO ck_strict_api, ck_lenient_api;
