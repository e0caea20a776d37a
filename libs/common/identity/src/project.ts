import { type ProjectId, ProjectIdText } from '@crashkeep/ids';
import { z } from 'zod';
import type { IdentityRows } from './identity-store.js';

/** How ingest answers an upload of the project. */
const AnswerStyle = z.enum(['uuid', 'crashid', 'hex16']);
/** Where the product and version that a person means are found in what a client sends. */
const Preset = z.enum(['auto', 'crashpad', 'breakpad', 'electron', 'chromium', 'sentry']);

const ProjectRow = z
  .object({
    id: ProjectIdText,
    name: z.string(),
    answer_style: AnswerStyle,
    preset: Preset,
    raw_days: z.int().min(1),
    ticket_pattern: z.string(),
    created_at: z.date(),
  })
  .transform((row) => ({
    id: row.id,
    name: row.name,
    answerStyle: row.answer_style,
    preset: row.preset,
    /** Days that a raw dump is kept. */
    rawDays: row.raw_days,
    ticketPattern: row.ticket_pattern,
    createdAt: row.created_at,
  }));

export type Project = z.infer<typeof ProjectRow>;

export async function listProjects(rows: IdentityRows): Promise<Project[]> {
  return (await rows.project.findMany({ orderBy: { id: 'asc' } })).map((row) => ProjectRow.parse(row));
}

export async function findProject(rows: IdentityRows, id: ProjectId): Promise<Project | null> {
  const row = await rows.project.findUnique({ where: { id } });
  return row && ProjectRow.parse(row);
}

/** Only the owner may: there is no page for it yet. False where it is there already. */
export async function createProject(
  rows: IdentityRows,
  project: Pick<Project, 'id' | 'name'> & Partial<Pick<Project, 'answerStyle' | 'preset'>>,
): Promise<boolean> {
  const { id, name, answerStyle, preset } = project;
  const data = [{ id, name, ...(answerStyle && { answer_style: answerStyle }), ...(preset && { preset }) }];
  return (await rows.project.createMany({ data, skipDuplicates: true })).count === 1;
}
