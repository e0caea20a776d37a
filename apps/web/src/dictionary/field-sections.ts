import type { FieldRow, FieldSource } from '@crashkeep/report';

export interface FieldSection {
  readonly title: string;
  readonly rows: readonly FieldRow[];
}

/** What stands before a field's last part, and what a person calls it. The first that fits takes the row. */
const SECTIONS: readonly (readonly [prefix: string, title: string])[] = [
  ['threads[].frames[].inlines[].', 'Inlined functions'],
  ['threads[].frames[].', 'Frames'],
  ['threads[].', 'Threads'],
  ['modules[].', 'Modules'],
  ['unloaded_modules[].', 'Modules that were unloaded'],
  ['signature', 'Signature'],
  ['withheld[].', 'What was withheld'],
];

const REST = 'The crash';

/** The dictionary's rows under the headings of the report page, the crash itself first. */
export function fieldSections(rows: readonly FieldRow[], words = ''): readonly FieldSection[] {
  const wanted = words.trim().toLowerCase();
  const found = rows.filter((row) => fits(row, wanted));
  const titles = [REST, ...SECTIONS.map(([, title]) => title)];
  return titles
    .map((title) => ({ title, rows: found.filter(({ path }) => titleOf(path) === title) }))
    .filter((section) => section.rows.length > 0);
}

export const SOURCE_WORDS: Readonly<Record<FieldSource, string>> = {
  vault: 'The vault',
  client: 'Crash handler',
  dump: 'The dump',
  symbols: 'Your symbols',
  derived: 'This report',
};

function titleOf(path: string): string {
  return SECTIONS.find(([prefix]) => path.startsWith(prefix))?.[1] ?? REST;
}

function fits({ path, safe, bounds }: FieldRow, wanted: string): boolean {
  return wanted === '' || [path, safe, bounds].some((text) => text.toLowerCase().includes(wanted));
}
