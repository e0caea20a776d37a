import { once } from 'node:events';
import { type LenientRows, type ReportLine, type SearchAsked, searchReports } from '@crashkeep/lenient-store';
import type { AppLogger } from '@crashkeep/platform';
import type { Response } from 'express';
import { lineAnswer } from '../crashes/crash-answers.js';

/** Reports of one export: about 10 MB. */
const ROWS_MAX = 50_000;
const PAGE = 500;

const COLUMNS = [
  'id',
  'received_at',
  'signature',
  'product',
  'version',
  'channel',
  'os',
  'os_version',
  'cpu',
  'crash_reason',
  'state',
  'failure',
  'group_id',
] as const;

/**
 * Writes page after page, as fast as the client reads; memory is that of one page. The first page is read before the answer begins,
 * so that a search that cannot be answered is a refusal; one that fails later ends the connection, and no client takes the half for all.
 */
export async function exportReports(
  rows: LenientRows,
  log: AppLogger,
  search: SearchAsked,
  format: 'csv' | 'json',
  response: Response,
): Promise<void> {
  const page = (cursor?: string) => searchReports(rows, { ...search, size: PAGE, cursor });
  let found = await page();
  begin(response, format);
  try {
    for (let written = 0; ;) {
      await write(response, chunkOf(found.reports, format, written === 0));
      written += found.reports.length;
      if (found.next === null || written >= ROWS_MAX || response.destroyed) break;
      found = await page(found.next);
    }
    response.end(format === 'json' ? ']\n' : '');
  } catch (error) {
    log.error('export.failed', error);
    response.destroy();
  }
}

function begin(response: Response, format: 'csv' | 'json'): void {
  response.status(200).setHeader('content-disposition', `attachment; filename="reports.${format}"`);
  response.type(format === 'csv' ? 'text/csv' : 'application/json');
  response.write(format === 'csv' ? `${COLUMNS.join(',')}\r\n` : '[');
}

function chunkOf(reports: readonly ReportLine[], format: 'csv' | 'json', first: boolean): string {
  const lines = reports.map(lineAnswer);
  if (format === 'csv') return lines.map((it) => `${COLUMNS.map((name) => csvCell(it[name])).join(',')}\r\n`).join('');
  const text = lines.map((it) => JSON.stringify(it)).join(',\n');
  return first || text === '' ? text : `,\n${text}`;
}

/** RFC 4180. A text that a spreadsheet would take for a formula begins with an apostrophe. */
function csvCell(value: string | null | undefined): string {
  const text = value ?? '';
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

async function write(response: Response, chunk: string): Promise<void> {
  if (response.write(chunk) || response.destroyed) return;
  await Promise.race([once(response, 'drain'), once(response, 'close')]);
}
