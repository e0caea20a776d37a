import { type ProjectId, ProjectIdText } from '@crashkeep/ids';
import { z } from 'zod';
import type { IdentityRows } from './identity-store.js';

/** How ingest answers an upload of the project. */
export const AnswerStyle = z.enum(['uuid', 'crashid', 'hex16']);
/** Where the product and version that a person means are found in what a client sends. */
export const Preset = z.enum(['auto', 'crashpad', 'breakpad', 'electron', 'chromium', 'sentry']);

const ProjectRow = z
  .object({
    id: ProjectIdText,
    name: z.string(),
    answer_style: AnswerStyle,
    preset: Preset,
    raw_days: z.int().min(1),
    lenient_days: z.int().min(1),
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
    /** Days that a report is kept. */
    lenientDays: row.lenient_days,
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

type Settings = Pick<Project, 'name' | 'answerStyle' | 'preset' | 'lenientDays'>;

/** False where it is there already. Only these columns are named: the console's role may write no others. */
export async function createProject(
  rows: IdentityRows,
  {
    id,
    name,
    answerStyle = 'uuid',
    preset = 'auto',
    lenientDays = 365,
  }: Pick<Project, 'id' | 'name'> & Partial<Settings>,
): Promise<boolean> {
  const made = await rows.$executeRaw`INSERT INTO identity.project (id, name, answer_style, preset, lenient_days)
    VALUES (${id}, ${name}, ${answerStyle}, ${preset}, ${lenientDays}::int) ON CONFLICT (id) DO NOTHING`;
  return made === 1;
}

/** False where there is no such project. */
export async function changeProject(rows: IdentityRows, id: ProjectId, change: Partial<Settings>): Promise<boolean> {
  return (await rows.project.updateMany({ where: { id }, data: columnsOf(change) })).count === 1;
}

const columnsOf = ({ name, answerStyle, preset, lenientDays }: Partial<Settings>) => ({
  ...(name !== undefined && { name }),
  ...(answerStyle !== undefined && { answer_style: answerStyle }),
  ...(preset !== undefined && { preset }),
  ...(lenientDays !== undefined && { lenient_days: lenientDays }),
});
