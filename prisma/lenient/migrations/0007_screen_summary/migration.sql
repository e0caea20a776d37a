-- CreateTable
CREATE TABLE "screen_summary" (
    "dump_id" UUID NOT NULL,
    "project" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "detectors" INTEGER NOT NULL,
    "critical" INTEGER NOT NULL DEFAULT 0,
    "high" INTEGER NOT NULL DEFAULT 0,
    "medium" INTEGER NOT NULL DEFAULT 0,
    "low" INTEGER NOT NULL DEFAULT 0,
    "info" INTEGER NOT NULL DEFAULT 0,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "screen_summary_pkey" PRIMARY KEY ("dump_id")
);

-- CreateIndex
CREATE INDEX "screen_summary_project_changed_at_idx" ON "screen_summary"("project", "changed_at");
