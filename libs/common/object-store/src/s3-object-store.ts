import http from 'node:http';
import https from 'node:https';
import { Client, S3Error } from 'minio';
import { requireObjectKey } from './object-key.js';
import { type ObjectStore, ObjectStoreError, type StoredObject } from './object-store.js';
import { inParts } from './s3-parts.js';

export interface S3Settings {
  readonly host: string;
  readonly port: number;
  readonly useTls: boolean;
  readonly region: string;
  readonly bucket: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** A request that has gone so long without a byte is given up: a store that hangs is a store that is away. */
const SILENCE_MS = 20_000;
/** Errors that say of an object, not of the store, that it is not there: GET says one, HEAD the other. */
const MISSING = new Set(['NoSuchKey', 'NotFound']);

/** Objects in one bucket of any S3 server. The bucket exists: who may write objects need not be able to make buckets. */
export class S3ObjectStore implements ObjectStore {
  readonly #client: Client;
  readonly #bucket: string;

  constructor(settings: S3Settings) {
    this.#client = s3Client(settings);
    this.#bucket = settings.bucket;
  }

  /**
   * An object up to one part goes by one request, a longer one by a multipart upload, which is invisible until it is
   * completed and is aborted where source or store fail. At most one part waits in memory.
   */
  async put(key: string, source: AsyncIterable<Uint8Array>): Promise<{ readonly bytes: number }> {
    requireObjectKey(key);
    let uploadId: string | null = null;
    const etags: { part: number; etag: string }[] = [];
    let bytes = 0;
    try {
      for await (const { part, last } of inParts(source)) {
        bytes += part.length;
        if (last && uploadId === null) {
          await this.#store(() => this.#client.putObject(this.#bucket, key, part, part.length));
          return { bytes };
        }
        uploadId ??= await this.#store(() => this.#client.initiateNewMultipartUpload(this.#bucket, key, {}));
        etags.push(await this.#uploadPart(key, uploadId, etags.length + 1, part));
      }
      const whole = uploadId ?? '';
      await this.#store(() => this.#client.completeMultipartUpload(this.#bucket, key, whole, etags));
      return { bytes };
    } catch (error) {
      // Best effort: what an abort that fails leaves behind, sweep() and the bucket's own rule find.
      if (uploadId !== null)
        await this.#client.abortMultipartUpload(this.#bucket, key, uploadId).catch(() => undefined);
      throw error;
    }
  }

  async read(key: string, offset: number, length: number): Promise<Buffer> {
    requireObjectKey(key);
    const inside = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
    if (!inside) throw new ObjectStoreError('object.out-of-range');
    if (length === 0) return this.#readNothing(key, offset);
    const pieces: Buffer[] = [];
    const answer = await this.#store(() => this.#client.getPartialObject(this.#bucket, key, offset, length));
    await this.#store(async () => {
      for await (const piece of answer as AsyncIterable<Buffer>) pieces.push(piece);
    });
    const bytes = Buffer.concat(pieces);
    if (bytes.length !== length) throw new ObjectStoreError('object.out-of-range');
    return bytes;
  }

  async size(key: string): Promise<number | null> {
    requireObjectKey(key);
    try {
      return (await this.#store(() => this.#client.statObject(this.#bucket, key))).size;
    } catch (error) {
      if (error instanceof ObjectStoreError && error.code === 'object.missing') return null;
      throw error;
    }
  }

  async delete(key: string): Promise<void> {
    requireObjectKey(key);
    await this.#store(() => this.#client.removeObject(this.#bucket, key));
  }

  async *list(): AsyncGenerator<StoredObject> {
    const items = this.#client.listObjectsV2(this.#bucket, '', true) as AsyncIterable<{
      readonly name?: string;
      readonly size: number;
      readonly lastModified?: Date;
    }>;
    const pages = items[Symbol.asyncIterator]();
    for (;;) {
      const next = await this.#store(() => pages.next());
      if (next.done === true) return;
      const { name, size, lastModified } = next.value;
      if (name !== undefined && lastModified) yield { key: name, bytes: size, modifiedAt: lastModified };
    }
  }

  /**
   * Aborts multipart uploads that were begun before. MinIO lists none without an object's name and removes its own after
   * a day; elsewhere this finds them (AWS: `ListMultipartUploads`).
   */
  async sweep(before: Date): Promise<number> {
    let swept = 0;
    let [keyMarker, idMarker] = ['', ''];
    for (;;) {
      const page = await this.#store(() =>
        this.#client.listIncompleteUploadsQuery(this.#bucket, '', keyMarker, idMarker, ''),
      );
      for (const { key, uploadId, initiated } of page.uploads) {
        if (initiated >= before) continue;
        await this.#store(() => this.#client.abortMultipartUpload(this.#bucket, key, uploadId));
        swept += 1;
      }
      if (!page.isTruncated) return swept;
      [keyMarker, idMarker] = [page.nextKeyMarker, page.nextUploadIdMarker];
    }
  }

  async check(): Promise<void> {
    if (!(await this.#store(() => this.#client.bucketExists(this.#bucket)))) {
      throw new ObjectStoreError('object.store-away');
    }
  }

  /** A part is small and stands in memory: it is worth a second attempt before a whole upload is lost. */
  async #uploadPart(key: string, uploadID: string, partNumber: number, part: Buffer) {
    const where = { bucketName: this.#bucket, objectName: key, uploadID, partNumber, headers: {} };
    const once = () => this.#client.uploadPart(where, part);
    const { etag } = await this.#store(() => once().catch(once));
    return { part: partNumber, etag };
  }

  async #readNothing(key: string, offset: number): Promise<Buffer> {
    const size = await this.size(key);
    if (size === null) throw new ObjectStoreError('object.missing');
    if (offset > size) throw new ObjectStoreError('object.out-of-range');
    return Buffer.alloc(0);
  }

  /** The client's errors quote keys, endpoints and answers; ours say which of three things happened. */
  async #store<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      const code = error instanceof S3Error ? (error.code ?? '') : '';
      if (MISSING.has(code)) throw new ObjectStoreError('object.missing');
      if (code === 'InvalidRange') throw new ObjectStoreError('object.out-of-range');
      throw new ObjectStoreError('object.store-away');
    }
  }
}

function s3Client({ host, port, useTls, region, accessKey, secretKey }: S3Settings): Client {
  const agentOptions = { keepAlive: true, maxSockets: 256 };
  return new Client({
    endPoint: host,
    port,
    useSSL: useTls,
    region,
    accessKey,
    secretKey,
    transport: impatientTransport(useTls),
    transportAgent: useTls ? new https.Agent(agentOptions) : new http.Agent(agentOptions),
    retryOptions: { disableRetry: true }, // its retries write addresses to the console
  });
}

function impatientTransport(useTls: boolean): Pick<typeof http, 'request'> {
  const { request } = useTls ? https : http;
  const impatient = (options: https.RequestOptions, answered: (response: http.IncomingMessage) => void) => {
    const asked = request({ ...options, timeout: SILENCE_MS }, answered);
    asked.on('timeout', () => asked.destroy(new Error('silence')));
    return asked;
  };
  return { request: impatient as typeof http.request };
}
