-- Reports are partitioned by month, and counted by the write of each: prisma/lenient/schema.prisma says what each table is.
-- pg_trgm finds a part of a name without reading every name. It is a trusted extension: the owner may make it.
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA lenient;

ALTER TABLE report RENAME TO report_before;
ALTER TABLE report_before DROP CONSTRAINT report_pkey, DROP CONSTRAINT report_group_id_fkey;
DROP INDEX report_project_received_at_idx;
DROP INDEX report_group_id_received_at_idx;
DROP TABLE group_day;

-- AlterTable
ALTER TABLE "crash_group" ADD COLUMN     "fixed_in" TEXT,
ADD COLUMN     "merged_into" UUID,
ADD COLUMN     "owner_id" UUID,
ADD COLUMN     "regressed_at" TIMESTAMPTZ(3),
ADD COLUMN     "status" TEXT NOT NULL DEFAULT 'open',
ADD COLUMN     "status_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "group_day" (
    "project" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "group_id" UUID NOT NULL,
    "count" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "group_day_pkey" PRIMARY KEY ("project","day","group_id")
) WITH (fillfactor = 70);

-- CreateTable
CREATE TABLE "dims" (
    "id" SERIAL NOT NULL,
    "project" TEXT NOT NULL,
    "product" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "os" TEXT NOT NULL,
    "cpu" TEXT NOT NULL,

    CONSTRAINT "dims_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "group_dims_day" (
    "project" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "group_id" UUID NOT NULL,
    "dims_id" INTEGER NOT NULL,
    "count" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "group_dims_day_pkey" PRIMARY KEY ("group_id","day","dims_id")
) WITH (fillfactor = 70);

-- CreateTable
CREATE TABLE "project_day" (
    "project" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "dims_id" INTEGER NOT NULL,
    "shard" SMALLINT NOT NULL,
    "count" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "project_day_pkey" PRIMARY KEY ("project","day","dims_id","shard")
) WITH (fillfactor = 70);

-- CreateTable
CREATE TABLE "group_install_day" (
    "group_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "installs" BIGINT[],

    CONSTRAINT "group_install_day_pkey" PRIMARY KEY ("group_id","day")
) WITH (fillfactor = 70);

-- CreateTable
CREATE TABLE "word" (
    "id" SERIAL NOT NULL,
    "project" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "word_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "report" (
    "id" UUID NOT NULL,
    "project" TEXT NOT NULL,
    "group_id" UUID NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "dims_id" INTEGER NOT NULL,
    "product" TEXT,
    "version" TEXT,
    "channel" TEXT,
    "os" TEXT NOT NULL,
    "os_version" TEXT,
    "cpu" TEXT NOT NULL,
    "crash_reason" TEXT,
    "address_class" TEXT,
    "format" TEXT NOT NULL,
    "crashed_at" TIMESTAMPTZ(3),
    "uptime" BIGINT,
    "cpu_count" BIGINT,
    "threads" INTEGER NOT NULL,
    "install" BIGINT,
    "signature" TEXT NOT NULL,
    "words" INTEGER[],
    "stack" INTEGER[],
    "body" JSONB NOT NULL,

    CONSTRAINT "report_pkey" PRIMARY KEY ("id","received_at")
) PARTITION BY RANGE ("received_at");

-- CreateTable
CREATE TABLE "group_split" (
    "id" UUID NOT NULL,
    "project" TEXT NOT NULL,
    "group_id" UUID NOT NULL,
    "part_id" UUID NOT NULL,
    "field" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "made_by" UUID,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "group_split_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "group_act" (
    "id" UUID NOT NULL,
    "project" TEXT NOT NULL,
    "group_id" UUID NOT NULL,
    "act" TEXT NOT NULL,
    "by" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "other_id" UUID,
    "status" TEXT,
    "version" TEXT,

    CONSTRAINT "group_act_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "group_note" (
    "id" UUID NOT NULL,
    "project" TEXT NOT NULL,
    "group_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "edited_at" TIMESTAMPTZ(3),
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "group_note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "saved_view" (
    "id" UUID NOT NULL,
    "project" TEXT NOT NULL,
    "owner_id" UUID,
    "name" TEXT NOT NULL,
    "page" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "made_by" UUID NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ingest_hour" (
    "project" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "count" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "ingest_hour_pkey" PRIMARY KEY ("project","hour","outcome","reason")
);

-- CreateTable
CREATE TABLE "throttle_rule" (
    "id" UUID NOT NULL,
    "project" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "field" TEXT,
    "pattern" TEXT,
    "action" TEXT NOT NULL,
    "percent" INTEGER NOT NULL,
    "made_by" UUID,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "throttle_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "annotation_rule" (
    "id" UUID NOT NULL,
    "project" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "least" BIGINT,
    "most" BIGINT,
    "choices" TEXT[],
    "why" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'proposed',
    "made_by" UUID,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "statement" BYTEA,
    "signed_at" TIMESTAMPTZ(3),

    CONSTRAINT "annotation_rule_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "dims_project_product_version_channel_os_cpu_key" ON "dims"("project", "product", "version", "channel", "os", "cpu");

-- CreateIndex
CREATE INDEX "group_dims_day_project_day_idx" ON "group_dims_day"("project", "day");

-- CreateIndex
CREATE INDEX "group_dims_day_dims_id_day_idx" ON "group_dims_day"("dims_id", "day");

-- CreateIndex
CREATE UNIQUE INDEX "word_project_kind_text_key" ON "word"("project", "kind", "text");

-- CreateIndex
CREATE INDEX "group_split_group_id_idx" ON "group_split"("group_id");

-- CreateIndex
CREATE INDEX "group_split_part_id_idx" ON "group_split"("part_id");

-- CreateIndex
CREATE INDEX "group_act_group_id_at_idx" ON "group_act"("group_id", "at" DESC);

-- CreateIndex
CREATE INDEX "group_note_group_id_made_at_idx" ON "group_note"("group_id", "made_at");

-- CreateIndex
CREATE INDEX "saved_view_project_idx" ON "saved_view"("project");

-- CreateIndex
CREATE INDEX "throttle_rule_project_place_idx" ON "throttle_rule"("project", "place");

-- CreateIndex
CREATE INDEX "annotation_rule_project_idx" ON "annotation_rule"("project");

-- CreateIndex
CREATE INDEX "crash_group_project_first_seen_idx" ON "crash_group"("project", "first_seen" DESC);

-- CreateIndex
CREATE INDEX "crash_group_merged_into_idx" ON "crash_group"("merged_into");

-- CreateIndex
CREATE INDEX "group_day_group_id_day_idx" ON "group_day"("group_id", "day");

-- CreateIndex
CREATE INDEX "report_project_received_at_id_idx" ON "report"("project", "received_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "report_group_id_received_at_id_idx" ON "report"("group_id", "received_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "report_words_idx" ON "report" USING GIN ("words");

CREATE INDEX crash_group_signature_trgm ON crash_group USING gin (lower(signature) lenient.gin_trgm_ops);
CREATE INDEX word_text_trgm ON word USING gin (lower(text) lenient.gin_trgm_ops);

-- Where a month has no table of its own yet: no report is ever refused for its time.
CREATE TABLE report_other PARTITION OF report DEFAULT WITH (toast_tuple_target = 1024);

-- A month's table, with what the default one holds of it. False where it is there. The body of a report is kept out of line, so that
-- lists and counts do not read it.
CREATE FUNCTION make_report_partition(month date) RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  name text := 'report_' || to_char(month, 'YYYY_MM');
  first timestamptz := date_trunc('month', month::timestamp) AT TIME ZONE 'UTC';
  after timestamptz := (date_trunc('month', month::timestamp) + interval '1 month') AT TIME ZONE 'UTC';
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('lenient.report partitions', 0));
  IF to_regclass('lenient.' || name) IS NOT NULL THEN RETURN false; END IF;
  EXECUTE format('CREATE TABLE lenient.%I (LIKE lenient.report INCLUDING DEFAULTS) WITH (toast_tuple_target = 1024)', name);
  EXECUTE format('WITH moved AS (DELETE FROM lenient.report_other WHERE received_at >= %L AND received_at < %L RETURNING *)
    INSERT INTO lenient.%I SELECT * FROM moved', first, after, name);
  EXECUTE format('ALTER TABLE lenient.report ATTACH PARTITION lenient.%I FOR VALUES FROM (%L) TO (%L)', name, first, after);
  RETURN true;
END $$;

-- This month and some ahead: the worker calls it, and needs no right to make tables. How many were made.
CREATE FUNCTION make_report_partitions(ahead integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog AS $$
DECLARE
  made integer := 0;
BEGIN
  FOR step IN 0 .. least(greatest(ahead, 0), 12) LOOP
    IF lenient.make_report_partition((date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => step))::date)
    THEN made := made + 1; END IF;
  END LOOP;
  RETURN made;
END $$;

SELECT make_report_partition(month::date) FROM (
  SELECT DISTINCT date_trunc('month', received_at AT TIME ZONE 'UTC') AS month FROM report_before) AS months;
SELECT make_report_partitions(2);

INSERT INTO dims (project, product, version, channel, os, cpu)
  SELECT DISTINCT project, coalesce(product, ''), coalesce(version, ''), coalesce(channel, ''), os, cpu FROM report_before;

-- Without words: the worker fills them in from the bodies (lenient-store's indexReports).
INSERT INTO report (id, project, group_id, received_at, dims_id, product, version, channel, os, os_version, cpu, crash_reason,
    address_class, format, crashed_at, uptime, cpu_count, threads, signature, body)
  SELECT b.id, b.project, b.group_id, b.received_at, d.id, b.product, b.version, b.channel, b.os, b.os_version, b.cpu,
    b.crash_reason, b.body->>'crash_address_class', b.body->>'format', to_timestamp((b.body->>'crashed_at')::float8),
    (b.body->>'uptime')::bigint, (b.body->>'cpu_count')::bigint, jsonb_array_length(b.body->'threads'), b.signature, b.body
  FROM report_before AS b JOIN dims AS d ON (d.project, d.product, d.version, d.channel, d.os, d.cpu)
    = (b.project, coalesce(b.product, ''), coalesce(b.version, ''), coalesce(b.channel, ''), b.os, b.cpu);
DROP TABLE report_before;

INSERT INTO group_dims_day (project, day, group_id, dims_id, count)
  SELECT project, (received_at AT TIME ZONE 'UTC')::date, group_id, dims_id, count(*) FROM report GROUP BY 1, 2, 3, 4;
INSERT INTO group_day (project, day, group_id, count)
  SELECT project, day, group_id, sum(count) FROM group_dims_day GROUP BY 1, 2, 3;
INSERT INTO project_day (project, day, dims_id, shard, count)
  SELECT project, day, dims_id, 0, sum(count) FROM group_dims_day GROUP BY 1, 2, 3;

-- Closed sets and bounds, so that no process can write what another would not expect.
ALTER TABLE crash_group ADD CONSTRAINT crash_group_status CHECK (status IN ('open', 'fixed', 'wont-fix')),
  ADD CONSTRAINT crash_group_not_itself CHECK (merged_into <> id);
ALTER TABLE group_note ADD CONSTRAINT group_note_length CHECK (length(text) BETWEEN 1 AND 4000);
ALTER TABLE group_act ADD CONSTRAINT group_act_act
  CHECK (act IN ('status', 'owner', 'merged', 'merge-undone', 'split', 'split-undone'));
ALTER TABLE saved_view ADD CONSTRAINT saved_view_page CHECK (page IN ('top', 'search')),
  ADD CONSTRAINT saved_view_lengths CHECK (length(name) BETWEEN 1 AND 120 AND length(state) <= 2000);
ALTER TABLE ingest_hour ADD CONSTRAINT ingest_hour_outcome CHECK (outcome IN ('accepted', 'deferred', 'throttled', 'refused')),
  ADD CONSTRAINT ingest_hour_reason CHECK (reason ~ '^[a-z0-9._-]{0,64}$');
ALTER TABLE throttle_rule ADD CONSTRAINT throttle_rule_field CHECK (field IN ('product', 'version', 'channel')),
  ADD CONSTRAINT throttle_rule_action CHECK (action IN ('accept', 'defer', 'reject', 'fake-accept')),
  ADD CONSTRAINT throttle_rule_percent CHECK (percent BETWEEN 0 AND 100),
  ADD CONSTRAINT throttle_rule_pattern CHECK ((field IS NULL) = (pattern IS NULL) AND length(pattern) <= 64);
ALTER TABLE annotation_rule ADD CONSTRAINT annotation_rule_type CHECK (type IN ('flag', 'number', 'choice', 'version', 'word')),
  ADD CONSTRAINT annotation_rule_state CHECK (state IN ('proposed', 'signed', 'withdrawn')),
  ADD CONSTRAINT annotation_rule_signed CHECK (CASE state WHEN 'signed' THEN statement IS NOT NULL AND signed_at IS NOT NULL
    WHEN 'proposed' THEN statement IS NULL AND signed_at IS NULL ELSE true END);
