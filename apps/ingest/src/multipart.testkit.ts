const CRLF = '\r\n';

/** A form's body as a client writes it: each part its header lines and its bytes. */
export function multipart(
  boundary: string,
  parts: readonly (readonly [headers: string, body: Buffer | string])[],
): Buffer {
  const pieces = parts.flatMap(([headers, body]) => [
    Buffer.from(`--${boundary}${CRLF}${headers}${CRLF}${CRLF}`),
    Buffer.from(body),
    Buffer.from(CRLF),
  ]);
  return Buffer.concat([...pieces, Buffer.from(`--${boundary}--${CRLF}`)]);
}

export const fieldPart = (name: string, type?: string): string =>
  `Content-Disposition: form-data; name="${name}"${type === undefined ? '' : `${CRLF}Content-Type: ${type}`}`;

export const filePart = (name: string, type = 'application/octet-stream'): string =>
  `Content-Disposition: form-data; name="${name}"; filename="${name}.bin"${CRLF}Content-Type: ${type}`;

/** What begins as a minidump does; nobody here reads on. */
export const DUMP = Buffer.concat([Buffer.from('MDMP'), Buffer.alloc(200_000, 7), Buffer.from('end')]);
