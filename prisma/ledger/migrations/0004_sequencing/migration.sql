-- CreateTable
CREATE TABLE "sequencer" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "epoch" BIGINT NOT NULL DEFAULT 0,
    "size" BIGINT NOT NULL DEFAULT 0,
    "note" TEXT,
    "keys" TEXT NOT NULL DEFAULT '',
    "noted_at" TIMESTAMPTZ(3),

    CONSTRAINT "sequencer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "node" (
    "level" SMALLINT NOT NULL,
    "index" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "node_pkey" PRIMARY KEY ("level","index")
);
