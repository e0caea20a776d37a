-- The audit page reads newest first, and by grant or dump. A quote inside a text of a leaf is written \", so that nothing that a
-- person wrote can pass for a field.
CREATE INDEX leaf_by_time ON leaf (created_at DESC, id DESC);
CREATE INDEX leaf_of_grant ON leaf (substring(body FROM '"grant":"([0-9a-f-]{36})"'), created_at DESC)
  WHERE substring(body FROM '"grant":"([0-9a-f-]{36})"') IS NOT NULL;
CREATE INDEX leaf_of_dump ON leaf (substring(body FROM '"dump":"([0-9a-f-]{36})"'), created_at DESC)
  WHERE substring(body FROM '"dump":"([0-9a-f-]{36})"') IS NOT NULL;
