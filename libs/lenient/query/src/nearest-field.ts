import { FIELD_NAMES, type FieldName } from './fields.js';

/** The field whose name is at most two slips away; null where none is. */
export function nearestField(name: string): FieldName | null {
  const begun = name.length >= 2 ? FIELD_NAMES.find((it) => it.startsWith(name)) : undefined;
  const near = FIELD_NAMES.map((field) => ({ field, slips: slipsBetween(name, field) }))
    .filter((it) => it.slips <= Math.min(2, it.field.length / 2))
    .sort((a, b) => a.slips - b.slips)[0];
  return begun ?? near?.field ?? null;
}

/** Levenshtein's distance; of a name that is far too long, a large one. */
function slipsBetween(a: string, b: string): number {
  if (a.length > 40) return a.length;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? b.length;
}
