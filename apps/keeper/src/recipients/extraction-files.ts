import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EnvelopeError, parseRecipient } from '@crashkeep/envelope';
import { isCode } from '@crashkeep/platform';

const FILE = /^(\d{4}-\d{2}-\d{2})\.recipient$/;
const DAY_MS = 24 * 3600 * 1000;
/** Workers make a day ahead; more than that is a mistake or someone who wants to outlast the identity's destruction. */
const AHEAD_DAYS = 3;

export interface ExtractionRecipient {
  /** `2026-11-24`, UTC. */
  readonly day: string;
  readonly recipient: string;
}

/** What workers have put into the shared folder for today and the days ahead. A file that holds no recipient is passed over. */
export async function extractionRecipients(folder: string, now: Date): Promise<ExtractionRecipient[]> {
  const today = dayOf(now);
  const last = dayOf(new Date(now.getTime() + AHEAD_DAYS * DAY_MS));
  const found: ExtractionRecipient[] = [];
  for (const name of await namesIn(folder)) {
    const day = FILE.exec(name)?.[1];
    if (day === undefined || day < today || day > last) continue;
    const recipient = (await readFile(join(folder, name), 'utf8')).trim();
    if (isRecipient(recipient)) found.push({ day, recipient });
  }
  return found;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (isCode(error, 'ENOENT')) return [];
    throw error;
  }
}

function isRecipient(text: string): boolean {
  try {
    parseRecipient(text);
    return true;
  } catch (error) {
    if (error instanceof EnvelopeError) return false;
    throw error;
  }
}

const dayOf = (time: Date): string => time.toISOString().slice(0, 10);
