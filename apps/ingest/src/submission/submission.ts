import { randomUUID } from 'node:crypto';
import { type DumpId, newDumpId } from '@crashkeep/ids';
import {
  type DumpFormat,
  type ObjectStore,
  type ReceivedPart,
  type Recipients,
  type SealedObject,
  objectKey,
} from '@crashkeep/strict-store';
import type { ByteBudget, ByteStream } from '../body/byte-budget.js';
import { MAGIC_BYTES, dumpShape } from '../body/dump-magic.js';
import { type FormPart, formParts } from '../body/form-parts.js';
import { gunzip } from '../body/gunzip.js';
import { peek } from '../body/peek.js';
import { IngestError, MalformedError } from '../ingest-error.js';
import type { IngestLimits } from '../limits.js';
import { Annotations } from './annotations.js';
import { labelled } from './attachment.js';
import { type ContentHash, hashing } from './content-hash.js';
import { putSealed } from './sealed-put.js';
import { type SentryEvent, sentryEventOfFile } from './sentry-event.js';

const DUMP_PART = 'upload_file_minidump';
const JSON_PART = 'extra';
const SENTRY_EVENT_PART = '__sentry-event';
const SENTRY_EVENT_BYTES = 256 * 1024;

/** What a submission came to once all of it was read: objects that are durable and no row yet. */
export interface SealedSubmission {
  readonly id: DumpId;
  readonly format: DumpFormat;
  readonly dump: SealedObject;
  readonly content: ContentHash;
  readonly parts: readonly ReceivedPart[];
  readonly annotations: Annotations;
  readonly sentryEvent: SentryEvent | null;
}

export interface SubmissionTerms {
  readonly objects: Pick<ObjectStore, 'put' | 'delete'>;
  readonly recipients: Recipients;
  readonly project: string;
  readonly limits: IngestLimits;
  /** Shared with the layer that undid the body's own compression. */
  readonly budget: ByteBudget;
}

/** One dump and what came with it, sealed part by part while it arrives. */
export class Submission {
  readonly id = newDumpId();
  readonly #terms: SubmissionTerms;
  readonly #annotations: Annotations;
  readonly #parts: ReceivedPart[] = [];
  readonly #stored: string[] = [];
  #dump: Pick<SealedSubmission, 'format' | 'dump' | 'content'> | null = null;
  #sentryEvent: SentryEvent | null = null;

  constructor(terms: SubmissionTerms) {
    this.#terms = terms;
    this.#annotations = new Annotations(terms.limits);
  }

  get annotations(): Annotations {
    return this.#annotations;
  }

  async takeForm(body: ByteStream, boundary: string): Promise<void> {
    for await (const part of formParts(body, boundary, this.#terms.limits)) await this.#take(part);
  }

  /** A body or part that is the dump, as it is, gzipped, or (old Electron) inside a form of its own; once each. */
  async takeDump(bytes: ByteStream, wrappings: readonly ('gzip' | 'form')[] = ['gzip', 'form']): Promise<void> {
    const { head, whole } = await peek(bytes, MAGIC_BYTES);
    if (head.length === 0) throw new MalformedError('empty_dump');
    const shape = dumpShape(head);
    if (shape.kind === 'dump') {
      const { bytes: hashed, take } = hashing(whole);
      const dump = await this.#put('payload', hashed);
      this.#dump = { format: shape.format, dump, content: take() };
    } else if (shape.kind === 'gzip' && wrappings.includes('gzip')) {
      const inside = this.#terms.budget.count(gunzip(whole));
      await this.takeDump(
        inside,
        wrappings.filter((wrapping) => wrapping !== 'gzip'),
      );
    } else if (shape.kind === 'form' && wrappings.includes('form')) {
      await this.#takeNestedForm(whole, shape.boundary, wrappings);
    } else {
      throw new MalformedError(shape.kind === 'other-compression' ? 'unknown_compression' : 'wrong_magic');
    }
  }

  /** Seals the annotations, which may have come after the dump, and says what there is to record. */
  async finish(): Promise<SealedSubmission> {
    if (!this.#dump) throw new MalformedError('no_dump');
    if (this.#annotations.size > 0) {
      await this.#putPart('annotations', onePiece(Buffer.from(this.#annotations.toJson(), 'utf8')));
    }
    const [parts, annotations, sentryEvent] = [this.#parts, this.#annotations, this.#sentryEvent];
    return { id: this.id, ...this.#dump, parts, annotations, sentryEvent };
  }

  /** Removes every object that was stored. What cannot be removed now is an orphan, which the sweeper finds. */
  async discard(): Promise<void> {
    await Promise.allSettled(this.#stored.map((key) => this.#terms.objects.delete(key)));
  }

  async #take(part: FormPart, wrappings?: readonly ('gzip' | 'form')[]): Promise<void> {
    if (part.name === DUMP_PART && this.#dump === null) {
      if (part.kind === 'field') throw new MalformedError('dump_not_a_file');
      await this.takeDump(part.bytes, wrappings);
    } else if (part.name === JSON_PART && part.mimeType === 'application/json') {
      this.#annotations.addJson(part.kind === 'field' ? part.value : await this.#textOf(part.bytes));
    } else if (part.kind === 'field') {
      this.#annotations.add(part.name, part.value);
    } else {
      await this.#takeAttachment(part);
    }
  }

  async #takeNestedForm(body: ByteStream, boundary: string, wrappings: readonly ('gzip' | 'form')[]): Promise<void> {
    const inner = wrappings.filter((wrapping) => wrapping !== 'form');
    for await (const part of formParts(body, boundary, this.#terms.limits)) await this.#take(part, inner);
    if (this.#dump === null) throw new MalformedError('no_dump');
  }

  async #takeAttachment(part: FormPart & { readonly kind: 'file' }): Promise<void> {
    if (this.#parts.length >= this.#terms.limits.attachments) throw new IngestError('ingest.too-many-parts');
    if (part.name !== SENTRY_EVENT_PART) return this.#putPart('attachment', labelled(part, part.bytes));
    const event = new Copy(SENTRY_EVENT_BYTES);
    await this.#putPart('attachment', labelled(part, event.keep(part.bytes)));
    this.#sentryEvent = sentryEventOfFile(event.take());
  }

  async #putPart(kind: ReceivedPart['kind'], plaintext: ByteStream): Promise<void> {
    const id = randomUUID();
    this.#parts.push({ id, kind, ...(await this.#put(id, plaintext)) });
  }

  async #put(name: string, plaintext: ByteStream): Promise<SealedObject> {
    const { objects, recipients, project } = this.#terms;
    const key = objectKey(this.id, name);
    this.#stored.push(key);
    return putSealed(objects, key, plaintext, { binding: { dump: this.id, project }, recipients });
  }

  async #textOf(bytes: ByteStream): Promise<string> {
    const copy = new Copy(this.#terms.limits.annotationBytes + 1);
    for await (const _piece of copy.keep(bytes)) if (copy.full) throw new IngestError('ingest.too-large-annotations');
    return copy.take().toString('utf8');
  }
}

/** Keeps the first bytes of a stream that goes by. */
class Copy {
  readonly #pieces: Uint8Array[] = [];
  #room: number;

  constructor(bytes: number) {
    this.#room = bytes;
  }

  get full(): boolean {
    return this.#room === 0;
  }

  async *keep(source: ByteStream): AsyncGenerator<Uint8Array> {
    for await (const piece of source) {
      const kept = piece.subarray(0, this.#room);
      this.#room -= kept.length;
      if (kept.length > 0) this.#pieces.push(kept);
      yield piece;
    }
  }

  take(): Buffer {
    return Buffer.concat(this.#pieces.splice(0));
  }
}

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
