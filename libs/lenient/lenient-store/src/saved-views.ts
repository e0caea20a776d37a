import { randomUUID } from 'node:crypto';
import type { PersonId, ProjectId } from '@crashkeep/ids';
import type { LenientRows } from './lenient-store.js';
import { LenientStoreError } from './lenient-store-error.js';

export const VIEW_PAGES = ['top', 'search'] as const;
export type ViewPage = (typeof VIEW_PAGES)[number];

/** A search under a name: what the address bar says after `?`. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  readonly page: ViewPage;
  readonly state: string;
  /** Everybody's of the project; else the asker's own. */
  readonly shared: boolean;
  readonly madeBy: string;
}

const VIEWS_MAX = 200;

/** A person's own and the shared ones, by name. */
export async function findSavedViews(rows: LenientRows, project: ProjectId, person: PersonId): Promise<SavedView[]> {
  const found = await rows.saved_view.findMany({
    where: { project, OR: [{ owner_id: null }, { owner_id: person }] },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return found.map((row) => ({
    id: row.id,
    name: row.name,
    page: row.page as ViewPage,
    state: row.state,
    shared: row.owner_id === null,
    madeBy: row.made_by,
  }));
}

/** Its id. Throws `lenient-store.too-many`. */
export async function saveView(
  rows: LenientRows,
  project: ProjectId,
  person: PersonId,
  view: Pick<SavedView, 'name' | 'page' | 'state' | 'shared'>,
): Promise<string> {
  if ((await rows.saved_view.count({ where: { project } })) >= VIEWS_MAX) {
    throw new LenientStoreError('lenient-store.too-many');
  }
  const id = randomUUID();
  const { name, page, state, shared } = view;
  const owner = shared ? null : person;
  await rows.saved_view.createMany({ data: [{ id, project, owner_id: owner, name, page, state, made_by: person }] });
  return id;
}

/** Whoever made it may; a shared one also who manages the project (`manages`). Throws `lenient-store.not-there`. */
export async function changeSavedView(
  rows: LenientRows,
  id: string,
  { project, person, manages }: { readonly project: ProjectId; readonly person: PersonId; readonly manages: boolean },
  change: { readonly name: string; readonly state: string } | null,
): Promise<void> {
  const mine = [{ made_by: person }, ...(manages ? [{ owner_id: null }] : [])];
  const where = { id, project, OR: mine };
  const { count } =
    change === null
      ? await rows.saved_view.deleteMany({ where })
      : await rows.saved_view.updateMany({ where, data: change });
  if (count === 0) throw new LenientStoreError('lenient-store.not-there');
}

/** The project of a view that this person may see; null where there is none. */
export async function findViewProject(rows: LenientRows, id: string, person: PersonId): Promise<ProjectId | null> {
  const row = await rows.saved_view.findFirst({ where: { id, OR: [{ owner_id: null }, { owner_id: person }] } });
  return row === null ? null : (row.project as ProjectId);
}
