/** What follows the last separator of either family: a dump is read on another system than it was written on. */
export function leafName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
