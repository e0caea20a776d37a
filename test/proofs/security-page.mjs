/** `P3. Database, written` or `B2. …`: the heading under which a row's proofs stand. */
const HEADING = /^### ([PB]\d+)\. (.+)$/;
const ANY_HEADING = /^#{1,3} /;
const TABLE_ROW = /^\| ([PB]\d+) \|/;
const FILE = /^- `([\w./-]+\.spec\.(?:ts|tsx|mjs))`$/;
const TEST = /^ {2}- `([^`]+)`$/;
const OPEN_PART = /^- (.+)$/;
/** What stands under the last is worth knowing and no part of the row's own claim. */
const PARTS = ['Proved by:', 'Not proved:', 'Mind:'];

/**
 * The rows of docs/security.md: id, title, the tests that are named for it, and the parts that the page itself calls not proved.
 * `faults` says where the page is not of its own form: a row without its section, a bullet that names neither file nor test.
 */
export function readSecurityPage(markdown) {
  const page = { rows: [], faults: [] };
  const listed = new Set();
  let reader = null;
  for (const line of markdown.split('\n')) {
    const [, id, title] = HEADING.exec(line) ?? [];
    if (id !== undefined) {
      reader = new SectionReader(id, title);
      if (page.rows.some((row) => row.id === id)) page.faults.push(`${id} has two sections`);
      page.rows.push(reader.row);
    } else if (ANY_HEADING.test(line)) reader = null;
    else if (reader) page.faults.push(...reader.take(line));
    listed.add(TABLE_ROW.exec(line)?.[1]);
  }
  listed.delete(undefined);
  page.faults.push(...unmatched(listed, page.rows));
  return page;
}

class SectionReader {
  row;
  #part = null;
  #file = null;

  constructor(id, title) {
    this.row = { id, title, tests: [], open: [] };
  }

  /** Faults of this line. */
  take(line) {
    const { id, tests, open } = this.row;
    if (PARTS.includes(line)) {
      this.#part = line;
      return [];
    }
    if (this.#part === 'Not proved:') open.push(...(OPEN_PART.exec(line)?.slice(1) ?? []));
    if (this.#part !== 'Proved by:' || !/^ *- /.test(line)) return [];
    const [file, name] = [FILE.exec(line)?.[1], TEST.exec(line)?.[1]];
    if (file !== undefined) this.#file = file;
    else if (name !== undefined && this.#file !== null) tests.push({ file: this.#file, name });
    else return [`${id}: neither a spec file nor a test: ${line.trim()}`];
    return [];
  }
}

function unmatched(listed, rows) {
  const known = new Set(rows.map(({ id }) => id));
  return [
    ...[...listed].filter((id) => !known.has(id)).map((id) => `${id} stands in a table and has no section`),
    ...[...known].filter((id) => !listed.has(id)).map((id) => `${id} has a section and stands in no table`),
  ];
}
