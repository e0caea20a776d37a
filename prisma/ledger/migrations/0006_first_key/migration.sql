-- AlterTable
ALTER TABLE "sequencer" ADD COLUMN     "first_key" TEXT;
