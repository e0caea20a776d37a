-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "lenient";

-- CreateEnum
CREATE TYPE "dump_stage" AS ENUM ('queued', 'walking', 'done', 'failed', 'shredded');

-- CreateTable
CREATE TABLE "dump_state" (
    "dump_id" UUID NOT NULL,
    "project" TEXT NOT NULL,
    "alias" TEXT,
    "stage" "dump_stage" NOT NULL DEFAULT 'queued',
    "failure" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "walking_at" TIMESTAMPTZ(3),
    "done_at" TIMESTAMPTZ(3),
    "shredded_at" TIMESTAMPTZ(3),
    "held_until" TIMESTAMPTZ(3) NOT NULL,
    "dump_bytes" BIGINT NOT NULL,
    "opened_bytes" BIGINT,
    "attachments" INTEGER NOT NULL DEFAULT 0,
    "annotations" INTEGER NOT NULL DEFAULT 0,
    "grants_open" INTEGER NOT NULL DEFAULT 0,
    "grants_ended" INTEGER NOT NULL DEFAULT 0,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dump_state_pkey" PRIMARY KEY ("dump_id")
);

-- CreateTable
CREATE TABLE "crash_group" (
    "id" UUID NOT NULL,
    "project" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "algorithm" INTEGER NOT NULL,
    "count" BIGINT NOT NULL DEFAULT 0,
    "first_seen" TIMESTAMPTZ(3) NOT NULL,
    "last_seen" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "crash_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "group_day" (
    "group_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "version" TEXT NOT NULL,
    "os" TEXT NOT NULL,
    "count" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "group_day_pkey" PRIMARY KEY ("group_id","day","version","os")
);

-- CreateTable
CREATE TABLE "report" (
    "id" UUID NOT NULL,
    "project" TEXT NOT NULL,
    "group_id" UUID NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "product" TEXT,
    "version" TEXT,
    "channel" TEXT,
    "os" TEXT NOT NULL,
    "os_version" TEXT,
    "cpu" TEXT NOT NULL,
    "crash_reason" TEXT,
    "signature" TEXT NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "report_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "dump_state_alias_key" ON "dump_state"("alias");

-- CreateIndex
CREATE INDEX "dump_state_project_received_at_idx" ON "dump_state"("project", "received_at" DESC);

-- CreateIndex
CREATE INDEX "dump_state_project_changed_at_idx" ON "dump_state"("project", "changed_at");

-- CreateIndex
CREATE INDEX "crash_group_project_last_seen_idx" ON "crash_group"("project", "last_seen" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "crash_group_project_algorithm_signature_key" ON "crash_group"("project", "algorithm", "signature");

-- CreateIndex
CREATE INDEX "report_project_received_at_idx" ON "report"("project", "received_at" DESC);

-- CreateIndex
CREATE INDEX "report_group_id_received_at_idx" ON "report"("group_id", "received_at" DESC);

-- AddForeignKey
ALTER TABLE "group_day" ADD CONSTRAINT "group_day_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "crash_group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "crash_group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
