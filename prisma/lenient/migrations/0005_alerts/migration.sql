-- CreateTable
CREATE TABLE "alert_rule" (
    "id" UUID NOT NULL,
    "project" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "target" BYTEA NOT NULL,
    "target_shown" TEXT NOT NULL,
    "on_new" BOOLEAN NOT NULL,
    "on_regression" BOOLEAN NOT NULL,
    "on_spike" BOOLEAN NOT NULL,
    "spike_least" INTEGER NOT NULL,
    "spike_times" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'active',
    "made_by" UUID NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_sent_at" TIMESTAMPTZ(3),
    "failing" TEXT,

    CONSTRAINT "alert_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert" (
    "id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "project" TEXT NOT NULL,
    "group_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "occasion" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "baseline" DOUBLE PRECISION,
    "fixed_in" TEXT,
    "raised_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "tries" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "alert_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "alert_rule_project_idx" ON "alert_rule"("project");

-- CreateIndex
CREATE INDEX "alert_state_next_try_at_idx" ON "alert"("state", "next_try_at");

-- CreateIndex
CREATE INDEX "alert_project_raised_at_idx" ON "alert"("project", "raised_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "alert_rule_id_group_id_kind_occasion_key" ON "alert"("rule_id", "group_id", "kind", "occasion");
