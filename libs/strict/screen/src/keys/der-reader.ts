/** One value of a DER text: where its content lies. */
export interface DerValue {
  readonly tag: number;
  readonly start: number;
  readonly contentStart: number;
  readonly end: number;
}

/** The value that begins at `at`, if it fits below `limit`; null where it is none. Lengths up to 65,535. */
export function derAt(bytes: Uint8Array, at: number, limit = bytes.length): DerValue | null {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || at + 2 > limit) return null;
  let length = first;
  let contentStart = at + 2;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count < 1 || count > 2 || contentStart + count > limit) return null;
    length = bytes[contentStart] ?? 0;
    if (count === 2) length = (length << 8) | (bytes[contentStart + 1] ?? 0);
    contentStart += count;
  }
  const end = contentStart + length;
  return end > limit ? null : { tag, start: at, contentStart, end };
}

/** The values that follow each other from `at`, as far as they are sound. */
export function derSequence(bytes: Uint8Array, at: number, limit: number, most = 16): DerValue[] {
  const values: DerValue[] = [];
  for (let next = at; values.length < most && next < limit;) {
    const value = derAt(bytes, next, limit);
    if (value === null) break;
    values.push(value);
    next = value.end;
  }
  return values;
}

/**
 * The SEQUENCE whose content begins at `content`, found by walking back over its header; null where there is none.
 * `limit` bounds its end.
 */
export function sequenceAround(bytes: Uint8Array, content: number, from: number, limit: number): DerValue | null {
  for (let start = content - 2; start >= Math.max(from, content - 4); start--) {
    if (bytes[start] !== 0x30) continue;
    const value = derAt(bytes, start, limit);
    if (value?.contentStart === content) return value;
  }
  return null;
}
