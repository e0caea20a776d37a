import type { Project } from '@crashkeep/identity';
import type { ProjectId } from '@crashkeep/ids';

export type FindProject = (id: ProjectId) => Promise<Project | null>;

const BELIEVED_MS = 10_000;

/** What ingest must know of a project: how to answer, where product and version stand, how long to keep. */
export class ProjectBook {
  readonly #find: FindProject;
  readonly #believed = new Map<ProjectId, { readonly project: Project; readonly until: number }>();
  readonly #now: () => number;

  constructor(find: FindProject, now: () => number = Date.now) {
    this.#find = find;
    this.#now = now;
  }

  async project(id: ProjectId): Promise<Project | null> {
    const known = this.#believed.get(id);
    if (known && this.#now() < known.until) return known.project;
    const project = await this.#find(id).catch((error: unknown) => {
      if (known) return known.project; // the database is away: as it was
      throw error;
    });
    if (project) this.#believed.set(id, { project, until: this.#now() + BELIEVED_MS });
    return project;
  }
}
