/** Bytes as the types that people look for, little-endian. A row whose bytes were not read is left out. */
export function typedValues(bytes: Uint8Array): readonly (readonly [name: string, value: string])[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rows: (readonly [string, string])[] = [];
  if (bytes.length >= 1) rows.push(['u8', String(view.getUint8(0))]);
  if (bytes.length >= 4) {
    rows.push(['u32', String(view.getUint32(0, true))], ['i32', String(view.getInt32(0, true))]);
    rows.push(['f32', floatText(view.getFloat32(0, true))]);
  }
  if (bytes.length >= 8) {
    rows.push(['u64', String(view.getBigUint64(0, true))], ['i64', String(view.getBigInt64(0, true))]);
    rows.push(['f64', floatText(view.getFloat64(0, true))]);
    rows.push(['pointer', `0x${view.getBigUint64(0, true).toString(16)}`]);
  }
  const text = textOf(bytes);
  if (text !== '') rows.push(['text', text]);
  return rows;
}

const floatText = (value: number): string => (Number.isFinite(value) ? value.toPrecision(6) : String(value));

/** Printable ASCII from the first byte on. */
function textOf(bytes: Uint8Array): string {
  let end = 0;
  while (end < bytes.length && isPrintable(bytes[end] ?? 0)) end++;
  return end < 4 ? '' : String.fromCharCode(...bytes.subarray(0, end));
}

export const isPrintable = (byte: number): boolean => byte >= 0x20 && byte < 0x7f;
