-- DropIndex
DROP INDEX "symbol_file_project_code_file_code_id_idx";

-- DropIndex
DROP INDEX "symbol_file_project_debug_file_debug_id_key";

-- AlterTable
ALTER TABLE "dump" ADD COLUMN     "upload_key" UUID;

-- AlterTable
ALTER TABLE "walk" ADD COLUMN     "forms" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "symbol_file" ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'unsorted';

-- CreateTable
CREATE TABLE "second_walk" (
    "dump_id" UUID NOT NULL,
    "project" TEXT NOT NULL,
    "symbols" UUID NOT NULL,
    "wanted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "not_before" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "leased_at" TIMESTAMPTZ(3),
    "lease_owner" TEXT,

    CONSTRAINT "second_walk_pkey" PRIMARY KEY ("dump_id")
);

-- CreateTable
CREATE TABLE "extraction_lease" (
    "id" UUID NOT NULL,
    "dump_id" UUID NOT NULL,
    "project" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "extraction_header" BYTEA,
    "extraction_recipient" UUID NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "extraction_lease_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "second_walk_not_before_idx" ON "second_walk"("not_before");

-- CreateIndex
CREATE INDEX "extraction_lease_project_granted_at_idx" ON "extraction_lease"("project", "granted_at");

-- CreateIndex
CREATE INDEX "extraction_lease_dump_id_idx" ON "extraction_lease"("dump_id");

-- CreateIndex
CREATE INDEX "extraction_lease_extraction_recipient_idx" ON "extraction_lease"("extraction_recipient");

-- CreateIndex
CREATE UNIQUE INDEX "dump_project_upload_key_key" ON "dump"("project", "upload_key");

-- CreateIndex
CREATE INDEX "symbol_file_project_debug_id_idx" ON "symbol_file"("project", "debug_id");

-- CreateIndex
CREATE INDEX "symbol_file_project_code_id_idx" ON "symbol_file"("project", "code_id");

-- CreateIndex
CREATE UNIQUE INDEX "symbol_file_project_kind_debug_file_debug_id_key" ON "symbol_file"("project", "kind", "debug_file", "debug_id");

-- AddForeignKey
ALTER TABLE "second_walk" ADD CONSTRAINT "second_walk_dump_id_fkey" FOREIGN KEY ("dump_id") REFERENCES "dump"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "extraction_lease" ADD CONSTRAINT "extraction_lease_dump_id_fkey" FOREIGN KEY ("dump_id") REFERENCES "dump"("id") ON DELETE CASCADE ON UPDATE CASCADE;
