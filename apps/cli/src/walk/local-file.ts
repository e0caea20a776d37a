import { type FileHandle, open } from 'node:fs/promises';
import type { AsyncRangeSource } from '@crashkeep/walk';

/** The file cannot be walked because it cannot be read; `code` says why, and quotes nothing. */
export class FileError extends Error {
  override readonly name = 'FileError';
  constructor(readonly code: 'file.not-found' | 'file.not-a-file' | 'file.unreadable') {
    super(code);
  }
}

/** A person's own file, by ranges. */
export class LocalFile implements AsyncRangeSource {
  readonly size: number;
  readonly #handle: FileHandle;

  private constructor(handle: FileHandle, size: number) {
    this.#handle = handle;
    this.size = size;
  }

  static async open(path: string): Promise<LocalFile> {
    const handle = await open(path).catch((error: unknown) => {
      throw new FileError(isNotFound(error) ? 'file.not-found' : 'file.unreadable');
    });
    const stat = await handle.stat();
    if (stat.isFile()) return new LocalFile(handle, stat.size);
    await handle.close();
    throw new FileError('file.not-a-file');
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = Buffer.allocUnsafe(length);
    for (let at = 0; at < length;) {
      const { bytesRead } = await this.#handle.read(bytes, at, length - at, offset + at);
      if (bytesRead === 0) throw new FileError('file.unreadable');
      at += bytesRead;
    }
    return bytes;
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
