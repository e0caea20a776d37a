-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "strict";

-- CreateEnum
CREATE TYPE "dump_format" AS ENUM ('minidump', 'elf_core');

-- CreateEnum
CREATE TYPE "walk_state" AS ENUM ('queued', 'walking', 'done', 'failed');

-- CreateTable
CREATE TABLE "recipient" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "project" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "destroyed_at" TIMESTAMPTZ(3),

    CONSTRAINT "recipient_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dump" (
    "id" UUID NOT NULL,
    "project" TEXT NOT NULL,
    "format" "dump_format" NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "object_key" TEXT NOT NULL,
    "plain_bytes" BIGINT NOT NULL,
    "sealed_bytes" BIGINT NOT NULL,
    "vault_header" BYTEA,
    "vault_recipient" UUID NOT NULL,
    "extraction_header" BYTEA,
    "extraction_recipient" UUID NOT NULL,
    "token_id" UUID,
    "alias" TEXT,
    "product" TEXT,
    "version" TEXT,
    "channel" TEXT,
    "state" "walk_state" NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "leased_at" TIMESTAMPTZ(3),
    "lease_owner" TEXT,
    "failure" TEXT,
    "retain_until" TIMESTAMPTZ(3) NOT NULL,
    "shredded_at" TIMESTAMPTZ(3),

    CONSTRAINT "dump_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dump_part" (
    "id" UUID NOT NULL,
    "dump_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "object_key" TEXT NOT NULL,
    "plain_bytes" BIGINT NOT NULL,
    "sealed_bytes" BIGINT NOT NULL,
    "vault_header" BYTEA,
    "extraction_header" BYTEA,

    CONSTRAINT "dump_part_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "walk" (
    "dump_id" UUID NOT NULL,
    "walked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "walker" INTEGER NOT NULL,
    "result" JSONB NOT NULL,
    "signature" TEXT,

    CONSTRAINT "walk_pkey" PRIMARY KEY ("dump_id")
);

-- CreateTable
CREATE TABLE "symbol_file" (
    "id" UUID NOT NULL,
    "project" TEXT NOT NULL,
    "debug_file" TEXT NOT NULL,
    "debug_id" TEXT NOT NULL,
    "code_file" TEXT,
    "code_id" TEXT,
    "sha256" TEXT NOT NULL,
    "object_key" TEXT NOT NULL,
    "form_key" TEXT,
    "bytes" BIGINT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "failure" TEXT,
    "token_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "symbol_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access_grant" (
    "id" UUID NOT NULL,
    "dump_id" UUID NOT NULL,
    "project" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "requester" UUID NOT NULL,
    "scope" TEXT NOT NULL,
    "scope_detail" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "ticket" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "budget_bytes" BIGINT NOT NULL,
    "used_bytes" BIGINT NOT NULL DEFAULT 0,
    "device" TEXT,
    "policy" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),
    "activated_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" UUID,

    CONSTRAINT "access_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access_grant_range" (
    "grant_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "offset" BIGINT NOT NULL,
    "length" BIGINT NOT NULL,
    "address" TEXT NOT NULL,

    CONSTRAINT "access_grant_range_pkey" PRIMARY KEY ("grant_id","version","ordinal")
);

-- CreateTable
CREATE TABLE "access_approval" (
    "id" UUID NOT NULL,
    "grant_id" UUID NOT NULL,
    "grant_version" INTEGER NOT NULL,
    "approver" UUID NOT NULL,
    "decision" TEXT NOT NULL,
    "reason" TEXT,
    "statement" TEXT NOT NULL,
    "credential_id" TEXT NOT NULL,
    "assertion" JSONB NOT NULL,
    "nonce" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "access_approval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "room_challenge" (
    "nonce" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "grant_id" UUID,
    "grant_version" INTEGER,
    "statement" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "room_challenge_pkey" PRIMARY KEY ("nonce")
);

-- CreateIndex
CREATE UNIQUE INDEX "recipient_kind_project_period_key" ON "recipient"("kind", "project", "period");

-- CreateIndex
CREATE UNIQUE INDEX "dump_object_key_key" ON "dump"("object_key");

-- CreateIndex
CREATE UNIQUE INDEX "dump_alias_key" ON "dump"("alias");

-- CreateIndex
CREATE INDEX "dump_state_leased_at_idx" ON "dump"("state", "leased_at");

-- CreateIndex
CREATE INDEX "dump_project_received_at_idx" ON "dump"("project", "received_at");

-- CreateIndex
CREATE UNIQUE INDEX "dump_part_object_key_key" ON "dump_part"("object_key");

-- CreateIndex
CREATE INDEX "dump_part_dump_id_idx" ON "dump_part"("dump_id");

-- CreateIndex
CREATE UNIQUE INDEX "symbol_file_object_key_key" ON "symbol_file"("object_key");

-- CreateIndex
CREATE INDEX "symbol_file_project_code_file_code_id_idx" ON "symbol_file"("project", "code_file", "code_id");

-- CreateIndex
CREATE INDEX "symbol_file_state_idx" ON "symbol_file"("state");

-- CreateIndex
CREATE UNIQUE INDEX "symbol_file_project_debug_file_debug_id_key" ON "symbol_file"("project", "debug_file", "debug_id");

-- CreateIndex
CREATE INDEX "access_grant_dump_id_idx" ON "access_grant"("dump_id");

-- CreateIndex
CREATE INDEX "access_grant_project_state_idx" ON "access_grant"("project", "state");

-- CreateIndex
CREATE INDEX "access_grant_requester_idx" ON "access_grant"("requester");

-- CreateIndex
CREATE UNIQUE INDEX "access_approval_nonce_key" ON "access_approval"("nonce");

-- CreateIndex
CREATE UNIQUE INDEX "access_approval_grant_id_grant_version_approver_key" ON "access_approval"("grant_id", "grant_version", "approver");

-- CreateIndex
CREATE INDEX "room_challenge_expires_at_idx" ON "room_challenge"("expires_at");

-- AddForeignKey
ALTER TABLE "dump_part" ADD CONSTRAINT "dump_part_dump_id_fkey" FOREIGN KEY ("dump_id") REFERENCES "dump"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "walk" ADD CONSTRAINT "walk_dump_id_fkey" FOREIGN KEY ("dump_id") REFERENCES "dump"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_grant" ADD CONSTRAINT "access_grant_dump_id_fkey" FOREIGN KEY ("dump_id") REFERENCES "dump"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_grant_range" ADD CONSTRAINT "access_grant_range_grant_id_fkey" FOREIGN KEY ("grant_id") REFERENCES "access_grant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_approval" ADD CONSTRAINT "access_approval_grant_id_fkey" FOREIGN KEY ("grant_id") REFERENCES "access_grant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
