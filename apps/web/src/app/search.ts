/** What stands in the address behind the `?`, read: what is not of its form is left out, never an error. */
export interface ProjectSearch {
  readonly project?: string;
}

const PROJECT = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

export function readProject(raw: Readonly<Record<string, unknown>>): ProjectSearch {
  const { project } = raw;
  return typeof project === 'string' && PROJECT.test(project) ? { project } : {};
}

export interface ReturnSearch {
  /** Where to go after signing in: a path of this page. */
  readonly to?: string;
}

export function readReturn(raw: Readonly<Record<string, unknown>>): ReturnSearch {
  const { to } = raw;
  return typeof to === 'string' && isOwnPath(to) ? { to } : {};
}

/** `//host` and `/\host` lead to another site: browsers read both so. */
function isOwnPath(to: string): boolean {
  return /^\/(?![/\\])/.test(to) && !/[\u0000-\u001f]/.test(to) && to !== '/';
}
