import { randomUUID } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { patiently, isPassing } from '../vault/patiently.js';
import { Progress } from '../vault/progress.js';
import { reasonOf } from '../vault/reason-of.js';
import { type VaultAnswer, sendBody } from '../vault/send-body.js';
import type { VaultDoor } from '../vault/vault-door.js';
import type { PendingUploads } from './pending-uploads.js';
import { ZstdError, unzstd } from './unzstd.js';

/**
 * `forget`: to be called once nothing more is to be done with the file; until then a new try is the same upload. `isPassing`: sending
 * it again later may do; else the vault will never take it.
 */
export type Submitted =
  | { readonly id: string; readonly forget: () => void }
  | { readonly id: null; readonly why: string; readonly isPassing: boolean };

/** Form fields beside the dump, as crash clients name them: `prod`, `ver`. */
export type DumpFields = Readonly<Record<string, string>>;

/** Every style of answer that a project can have. A 200 without an id, like `Discarded=…`, is no promise. */
const GOOD_ANSWER = /^(?:CrashID=bp-)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16})\s*$/;

/**
 * Sends one minidump or core, as it is or unpacked from .zst, and tries again from the beginning while the vault is away. Each try has
 * the upload's own name, also after this process was killed: the vault stores it once. Bytes are never held as a whole.
 */
export async function submitDump(
  path: string,
  fields: DumpFields,
  door: VaultDoor,
  uploads: PendingUploads,
): Promise<Submitted> {
  const progress = new Progress();
  try {
    const upload = uploads.begin(path, door.origin);
    const answer = await patiently(
      () => sendDump({ path, fields, key: upload.key }, door, progress),
      (seconds) => {
        progress.say(`${path}  the vault is away, again in ${seconds} s`);
      },
    );
    const id = answer?.status === 200 ? GOOD_ANSWER.exec(answer.text)?.[1] : undefined;
    if (id !== undefined) return { id, forget: upload.forget };
    const mayPass = answer === null || isPassing(answer);
    if (!mayPass) upload.forget();
    return { id: null, why: reasonOf(answer), isPassing: mayPass };
  } catch (error) {
    if (error instanceof ZstdError) return { id: null, why: 'it cannot be unpacked', isPassing: false };
    const isFileFault = error instanceof Error && 'code' in error;
    if (!isFileFault) throw error;
    return { id: null, why: 'it cannot be read', isPassing: true };
  } finally {
    progress.clear();
  }
}

interface DumpToSend {
  readonly path: string;
  readonly fields: DumpFields;
  /** What the vault is to know this upload by. */
  readonly key: string;
}

function sendDump({ path, fields, key }: DumpToSend, door: VaultDoor, progress: Progress): Promise<VaultAnswer> {
  const boundary = `crashkeep-${randomUUID()}`;
  const { size } = statSync(path);
  const isZstd = path.endsWith('.zst');
  const [head, tail] = formAround(boundary, fields);
  const file = progress.of(path, size, createReadStream(path));
  const headers = {
    authorization: `Bearer ${door.token}`,
    'crashkeep-upload': key,
    'content-type': `multipart/form-data; boundary=${boundary}`,
    ...(isZstd ? {} : { 'content-length': head.length + size + tail.length }),
  };
  const pieces = joined(head, isZstd ? unzstd(file) : file, tail);
  return sendBody({ method: 'POST', url: new URL('/submit', door.origin), headers, pieces });
}

/** The file's name stays here: paths of core files name programs and people. */
function formAround(boundary: string, fields: DumpFields): [head: Buffer, tail: Buffer] {
  const part = (name: string, more: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`;
  const texts = Object.entries(fields).map(([name, value]) => `${part(name, '')}${value}\r\n`);
  const file = part('upload_file_minidump', '; filename="dump"\r\nContent-Type: application/octet-stream');
  return [Buffer.from(`${texts.join('')}${file}`), Buffer.from(`\r\n--${boundary}--\r\n`)];
}

async function* joined(head: Buffer, file: AsyncIterable<Uint8Array>, tail: Buffer): AsyncGenerator<Uint8Array> {
  yield head;
  yield* file;
  yield tail;
}
