export interface ReturnSearch {
  /** Where to go after signing in: a path of this page. */
  readonly to?: string;
}

/** `?to=` of a sign-in page: what is not a path of this page is left out. */
export function readReturn(raw: Readonly<Record<string, unknown>>): ReturnSearch {
  const { to } = raw;
  return typeof to === 'string' && isOwnPath(to) ? { to } : {};
}

/** `//host` and `/\host` lead to another site: browsers read both so. */
function isOwnPath(to: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return /^\/(?![/\\])/.test(to) && !/[\u0000-\u001f]/.test(to) && to !== '/';
}
