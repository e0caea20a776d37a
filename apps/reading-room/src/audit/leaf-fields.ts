/** A leaf's fields in one line: names for persons, the first characters of other ids, counts of lists. */
export function fieldsOf(body: Readonly<Record<string, unknown>>, people: Readonly<Record<string, string>>): string {
  return Object.entries(body)
    .filter(([name, value]) => name !== 'act' && value !== null)
    .map(([name, value]) => `${name.replaceAll('_', ' ')} ${valueText(value, people)}`)
    .join(', ');
}

function valueText(value: unknown, people: Readonly<Record<string, string>>): string {
  if (typeof value === 'string')
    return people[value] ?? (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value) ? value.slice(0, 8) : value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.length === 1 ? valueText(value[0], people) : `${String(value.length)} of them`;
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, inner]) => `${name} ${valueText(inner, people)}`)
      .join(' ');
  }
  return '';
}
