import type { Readable } from 'node:stream';
import busboy from 'busboy';
import { IngestError, MalformedError } from '../ingest-error.js';
import type { IngestLimits } from '../limits.js';
import type { ByteStream } from './byte-budget.js';
import { feed } from './feed.js';

export type FormPart =
  | { readonly kind: 'field'; readonly name: string; readonly value: string; readonly mimeType: string }
  | {
      readonly kind: 'file';
      readonly name: string;
      /** Leaf name as the client gave it. */
      readonly fileName: string | null;
      readonly mimeType: string;
      readonly bytes: ByteStream;
    };

type FormLimits = Pick<IngestLimits, 'parts' | 'nameBytes' | 'annotationBytes'>;

const PIECE_BYTES = 64 * 1024;

/**
 * The parts of a form, in the order of the body, each file a stream that must be read before the next part comes. Reading
 * a file slowly slows the sender. Throws `IngestError` at a limit, `MalformedError` for what is no form, and whatever the
 * body throws.
 */
export async function* formParts(body: ByteStream, boundary: string, limits: FormLimits): AsyncGenerator<FormPart> {
  const inbox = new Inbox();
  const form = openForm(boundary, limits, inbox);
  const feeding = feed(body, form);
  try {
    for (;;) {
      const found = await inbox.next();
      if (found === null) break;
      yield found.part;
      found.stream?.resume(); // a file that nobody read must still go by, or busboy waits for ever
    }
    await feeding;
  } finally {
    form.destroy();
  }
}

function openForm(boundary: string, limits: FormLimits, inbox: Inbox): busboy.Busboy {
  const form = busboy({
    // busboy knows form-data only; multipart/mixed has the same grammar and, from crash clients, the same headers.
    headers: { 'content-type': `multipart/form-data; boundary="${boundary.replace(/["\\]/g, '\\$&')}"` },
    defParamCharset: 'utf8',
    highWaterMark: PIECE_BYTES,
    fileHwm: PIECE_BYTES,
    limits: { parts: limits.parts, fieldSize: limits.annotationBytes + 1 },
  });
  const tooLong = (name: string): boolean => Buffer.byteLength(name) > limits.nameBytes;
  // busboy's types say that every part has a name and every file a file name; its code does not. It goes on to parse what
  // it has in hand after it was destroyed: nothing that it finds then may reach a reader, who would wait for ever.
  form.on('field', (named: string | undefined, value, { mimeType, valueTruncated }) => {
    const name = named ?? '';
    if (form.destroyed) return;
    if (tooLong(name)) form.destroy(new IngestError('ingest.too-long-name'));
    else if (valueTruncated) form.destroy(new IngestError('ingest.too-large-annotations'));
    else inbox.push({ part: { kind: 'field', name, value, mimeType }, stream: null });
  });
  form.on('file', (named: string | undefined, stream, info: { filename?: string; mimeType: string }) => {
    const name = named ?? '';
    stream.on('error', () => undefined); // it comes out where the stream is read, or as the form's own error
    if (!form.destroyed && tooLong(name)) form.destroy(new IngestError('ingest.too-long-name'));
    if (form.destroyed) return;
    const { filename: fileName = null, mimeType } = info;
    inbox.push({ part: { kind: 'file', name, fileName, mimeType, bytes: readOnce(stream) }, stream });
  });
  form.on('partsLimit', () => form.destroy(new IngestError('ingest.too-many-parts')));
  form.on('error', (error: unknown) => {
    inbox.end(ownError(error));
    form.destroy(); // a malformed part header is an event to busboy, no end
  });
  form.on('close', () => {
    inbox.end(null);
  });
  return form;
}

/** busboy throws plain errors of its own; what the body or a limit threw comes through as it was. */
function ownError(error: unknown): Error {
  const plain = error instanceof Error && error.constructor === Error && !('code' in error);
  if (plain) return new MalformedError('invalid_payload_structure');
  return error instanceof Error ? error : new MalformedError('invalid_payload_structure');
}

async function* readOnce(stream: Readable): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of stream) yield piece as Uint8Array;
  } catch (error) {
    throw ownError(error);
  }
}

interface FoundPart {
  readonly part: FormPart;
  readonly stream: Readable | null;
}

/** Parts that busboy has found and nobody has taken yet. It finds at most one file ahead: then it waits for a reader. */
class Inbox {
  readonly #found: FoundPart[] = [];
  #ended: { readonly error: Error | null } | null = null;
  #wake: () => void = () => undefined;

  push(found: FoundPart): void {
    this.#found.push(found);
    this.#wake();
  }

  end(error: Error | null): void {
    this.#ended ??= { error };
    this.#wake();
  }

  /** The next part, or null after the last. */
  async next(): Promise<FoundPart | null> {
    for (;;) {
      if (this.#ended?.error) throw this.#ended.error;
      const found = this.#found.shift();
      if (found) return found;
      if (this.#ended) return null;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
