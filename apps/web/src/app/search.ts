/** What stands in the address behind the `?`, read: what is not of its form is left out, never an error. */
export interface ProjectSearch {
  readonly project?: string;
}

const PROJECT = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

export function readProject(raw: Readonly<Record<string, unknown>>): ProjectSearch {
  const { project } = raw;
  return typeof project === 'string' && PROJECT.test(project) ? { project } : {};
}
