import { type Entry, type ZipFile, openPromise } from 'yauzl';
import { type SymbolUpload, identifyBytes } from './symbol-upload.js';

/** A member is identified and sent from memory. */
const MEMBER_BYTES_MAX = 1024 ** 3;

/** Symbol files in a zip; what is none is passed over. Throws yauzl's errors for what is no zip. */
export async function* zipMembers(
  path: string,
): AsyncGenerator<SymbolUpload | { readonly label: string; readonly why: string }> {
  const zip = await openPromise(path, { autoClose: false, strictFileNames: true });
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      const label = `${path}:${entry.fileName}`;
      if (entry.uncompressedSize > MEMBER_BYTES_MAX) {
        yield { label, why: 'it is too large to be sent out of a zip' };
        continue;
      }
      const bytes = await contentOf(zip, entry);
      const identified = identifyBytes(entry.fileName, bytes);
      if (identified === null) continue;
      if ('why' in identified) yield { label, ...identified };
      else yield { label, ...identified, length: bytes.length, isGzip: false, pieces: () => [bytes] };
    }
  } finally {
    zip.close();
  }
}

/** yauzl ends a member that unfolds to more than it says. */
async function contentOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
