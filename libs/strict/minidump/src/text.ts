/** UTF-16 in the dump's byte order; unpaired surrogates become U+FFFD when the text is next encoded. */
export function decodeUtf16(bytes: Uint8Array, littleEndian: boolean): string {
  const buffer = littleEndian
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : Buffer.from(bytes).swap16();
  return buffer.toString('utf16le');
}

/** UTF-8; bytes that are none become U+FFFD. */
export function decodeUtf8(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** Up to the first NUL: fixed fields and C strings. */
export function untilNul(text: string): string {
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

/** The bytes in hex, lower case. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
