-- AlterTable
ALTER TABLE "project" ADD COLUMN     "lenient_days" INTEGER NOT NULL DEFAULT 365;

ALTER TABLE project ADD CONSTRAINT project_lenient_days CHECK (lenient_days BETWEEN 1 AND 3650),
  ADD CONSTRAINT project_preset CHECK (preset IN ('auto', 'crashpad', 'breakpad', 'electron', 'chromium', 'sentry'));

-- The console makes projects and sets how they answer. How long memory is kept, and what a ticket looks like, it cannot touch.
GRANT INSERT (id, name, answer_style, preset, lenient_days), UPDATE (name, answer_style, preset, lenient_days) ON project TO ck_lenient_api;
