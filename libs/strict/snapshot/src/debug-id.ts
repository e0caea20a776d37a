const GUID_DIGITS = 32;

/** 32 upper hex digits of the first sixteen bytes, zeroes where there are fewer. The first three fields are numbers in the dump's byte order. */
export function guidText(bytes: Uint8Array, littleEndian: boolean): string {
  const digits = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, GUID_DIGITS / 2)).toString('hex');
  const text = digits.toUpperCase().padEnd(GUID_DIGITS, '0');
  if (!littleEndian) return text;
  return swapped(text, 0, 8) + swapped(text, 8, 12) + swapped(text, 12, 16) + text.slice(16);
}

/**
 * A build id as Breakpad spells it: its first sixteen bytes, or as many as there are and zeroes, read as a GUID, and the age 0. Null
 * where it is empty or all zeroes, which mapped files have that are no code.
 */
export function elfDebugId(buildId: Uint8Array, littleEndian: boolean): string | null {
  return buildId.some((byte) => byte !== 0) ? `${guidText(buildId, littleEndian)}0` : null;
}

function swapped(digits: string, from: number, to: number): string {
  let text = '';
  for (let at = to - 2; at >= from; at -= 2) text += digits.slice(at, at + 2);
  return text;
}
