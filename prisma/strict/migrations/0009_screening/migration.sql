-- AlterTable
ALTER TABLE "access_grant" ADD COLUMN     "mask_epoch" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "screening" (
    "id" UUID NOT NULL,
    "dump_id" UUID NOT NULL,
    "detectors" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "leased_at" TIMESTAMPTZ(3),
    "lease_owner" TEXT,
    "failure" TEXT,
    "skipped" JSONB NOT NULL DEFAULT '[]',
    "claimed_bytes" BIGINT NOT NULL DEFAULT 0,
    "read_bytes" BIGINT NOT NULL DEFAULT 0,
    "constant_bytes" BIGINT NOT NULL DEFAULT 0,
    "order_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "screening_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "detector_set" (
    "number" INTEGER NOT NULL,
    "deployed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "signature" TEXT NOT NULL,

    CONSTRAINT "detector_set_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "secret" (
    "id" UUID NOT NULL,
    "project" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "fingerprint" TEXT,
    "spki" TEXT,
    "ssh" TEXT,
    "level" INTEGER NOT NULL,
    "severity" TEXT NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "rotation" TEXT NOT NULL DEFAULT 'open',
    "owner" TEXT,
    "note" TEXT,
    "rotation_at" TIMESTAMPTZ(3),
    "rotation_by" UUID,

    CONSTRAINT "secret_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sighting" (
    "id" UUID NOT NULL,
    "secret_id" UUID NOT NULL,
    "dump_id" UUID NOT NULL,
    "part_id" UUID,
    "offset" BIGINT NOT NULL,
    "length" BIGINT NOT NULL,
    "address" TEXT,
    "ranges" JSONB NOT NULL,
    "detector" TEXT NOT NULL,
    "level" INTEGER NOT NULL,
    "severity" TEXT NOT NULL,
    "present_since" TIMESTAMPTZ(3) NOT NULL,
    "detectable_since" TIMESTAMPTZ(3) NOT NULL,
    "screening_id" UUID NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sighting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mask_set" (
    "id" UUID NOT NULL,
    "dump_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "detectors" INTEGER NOT NULL,
    "statement" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mask_set_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "screening_state_leased_at_idx" ON "screening"("state", "leased_at");

-- CreateIndex
CREATE INDEX "screening_order_id_idx" ON "screening"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "screening_dump_id_detectors_key" ON "screening"("dump_id", "detectors");

-- CreateIndex
CREATE INDEX "secret_project_found_at_idx" ON "secret"("project", "found_at");

-- CreateIndex
CREATE UNIQUE INDEX "secret_project_kind_fingerprint_key" ON "secret"("project", "kind", "fingerprint");

-- CreateIndex
CREATE INDEX "sighting_secret_id_idx" ON "sighting"("secret_id");

-- CreateIndex
CREATE UNIQUE INDEX "sighting_dump_id_part_id_secret_id_offset_length_key" ON "sighting"("dump_id", "part_id", "secret_id", "offset", "length");

-- CreateIndex
CREATE UNIQUE INDEX "mask_set_dump_id_number_key" ON "mask_set"("dump_id", "number");

-- AddForeignKey
ALTER TABLE "screening" ADD CONSTRAINT "screening_dump_id_fkey" FOREIGN KEY ("dump_id") REFERENCES "dump"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sighting" ADD CONSTRAINT "sighting_secret_id_fkey" FOREIGN KEY ("secret_id") REFERENCES "secret"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sighting" ADD CONSTRAINT "sighting_dump_id_fkey" FOREIGN KEY ("dump_id") REFERENCES "dump"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sighting" ADD CONSTRAINT "sighting_screening_id_fkey" FOREIGN KEY ("screening_id") REFERENCES "screening"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mask_set" ADD CONSTRAINT "mask_set_dump_id_fkey" FOREIGN KEY ("dump_id") REFERENCES "dump"("id") ON DELETE CASCADE ON UPDATE CASCADE;
