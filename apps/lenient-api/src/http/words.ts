import { ProjectIdText } from '@crashkeep/ids';
import { PAGE_DEFAULT, PAGE_MAX } from '@crashkeep/lenient-store';
import { z } from 'zod';

/** Parts of requests and answers that many routes share. */
export const Instant = z.iso.datetime({ precision: 3 });
export const ProjectQuery = z.object({ project: ProjectIdText });
export const Cursor = z.string().min(1).max(256).optional();
/** Rows of a page. */
export const Limit = z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE_DEFAULT);

export const instantText = (instant: Date): string => instant.toISOString();
export const instantOrNull = (instant: Date | null): string | null => instant?.toISOString() ?? null;
