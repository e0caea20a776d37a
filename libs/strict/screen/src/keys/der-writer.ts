/** One DER value: tag, length, content. */
export function der(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(contents);
  if (content.length < 128) return Buffer.concat([Buffer.of(tag, content.length), content]);
  const length = content.length < 256 ? [0x81, content.length] : [0x82, content.length >> 8, content.length & 255];
  return Buffer.concat([Buffer.of(tag, ...length), content]);
}

/** An unsigned INTEGER from its bytes, most significant first. */
export function derInteger(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const minimal = bytes.subarray(start);
  return (minimal[0] ?? 0) < 0x80 ? der(2, minimal) : der(2, Buffer.of(0), minimal);
}

export const hex = (text: string): Uint8Array => Buffer.from(text.replaceAll(' ', ''), 'hex');
