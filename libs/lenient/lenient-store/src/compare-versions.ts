/**
 * Orders versions as people number them: parts between dots, hyphens and plus signs, numbers by value and before words; a word after
 * a number (`2.0-beta`) comes before nothing (`2.0`), as a pre-release does.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = compareParts(left[i], right[i]);
    if (order !== 0) return order;
  }
  return 0;
}

const partsOf = (version: string): string[] => version.toLowerCase().match(/\d+|[a-z]+/g) ?? [];

function compareParts(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -signOfRest(b) : signOfRest(a);
  const [aIsNumber, bIsNumber] = [/^\d/.test(a), /^\d/.test(b)];
  if (aIsNumber !== bIsNumber) return aIsNumber ? 1 : -1;
  if (!aIsNumber) return a < b ? -1 : a > b ? 1 : 0;
  const [x, y] = [BigInt(a), BigInt(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** What a longer version is against one that has ended: `2.0.1` comes after, `2.0.0` is the same, `2.0-beta` before. */
const signOfRest = (part: string | undefined): number =>
  part === undefined || /^0+$/.test(part) ? 0 : /^\d/.test(part) ? 1 : -1;
