-- AlterTable
ALTER TABLE "access_grant" ADD COLUMN     "path" TEXT NOT NULL DEFAULT 'asked',
ADD COLUMN     "review" TEXT,
ADD COLUMN     "review_due" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "access_grant_range" ADD COLUMN     "part" UUID,
ALTER COLUMN "address" DROP NOT NULL;

-- CreateTable
CREATE TABLE "statement" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "project" TEXT,
    "person_id" UUID,
    "text" TEXT NOT NULL,
    "proposed_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" UUID,

    CONSTRAINT "statement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "statement_signature" (
    "id" UUID NOT NULL,
    "signer" UUID NOT NULL,
    "credential_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "assertion" JSONB NOT NULL,
    "nonce" TEXT NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "statement_signature_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "statement_epoch" (
    "one" INTEGER NOT NULL DEFAULT 1,
    "epoch" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "statement_epoch_pkey" PRIMARY KEY ("one")
);

-- CreateTable
CREATE TABLE "device" (
    "thumbprint" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "jwk" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" UUID,

    CONSTRAINT "device_pkey" PRIMARY KEY ("thumbprint")
);

-- CreateIndex
CREATE INDEX "statement_kind_person_id_idx" ON "statement"("kind", "person_id");

-- CreateIndex
CREATE UNIQUE INDEX "statement_signature_nonce_key" ON "statement_signature"("nonce");

-- CreateIndex
CREATE INDEX "device_person_id_idx" ON "device"("person_id");
