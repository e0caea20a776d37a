import type { ByteStream } from '../body/byte-budget.js';

/** What a client calls a file: the form's name for it, the file's leaf name, and the type. */
export interface AttachmentLabel {
  readonly name: string;
  readonly fileName: string | null;
  readonly mimeType: string;
}

const MAX_LABEL_CHARACTERS = 255;

/**
 * The plaintext of a sealed part `attachment`: one line of JSON {name, fileName, mimeType}, a line feed, then the file as it
 * came, unread. Its names are the client's, so they are sealed with it and stand in no column.
 */
export async function* labelled(label: AttachmentLabel, bytes: ByteStream): AsyncGenerator<Uint8Array> {
  const { name, fileName, mimeType } = label;
  const line = JSON.stringify({
    name,
    fileName: fileName?.slice(0, MAX_LABEL_CHARACTERS) ?? null,
    mimeType: mimeType.slice(0, MAX_LABEL_CHARACTERS),
  });
  yield Buffer.from(`${line}\n`, 'utf8');
  yield* bytes;
}
