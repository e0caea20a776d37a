import { isElfCore, readElfCore } from '@crashkeep/elfcore';
import { isMinidump, readMinidump } from '@crashkeep/minidump';
import { regionsOfDump, screen, type ScreenRegion, type ScreenResult } from '@crashkeep/screen';
import type { ByteSource } from '@crashkeep/snapshot';
import { FileSource } from './file-source.js';

/** What tells a dump from another file. */
const HEAD_BYTES = 64;

export type ScanFailure = 'file.not-found' | 'file.unreadable' | 'screen.failed';

export type ScanOutcome = { readonly result: ScreenResult } | { readonly code: ScanFailure };

/** Screens one file: a dump as the memory of its process and whatever else it holds, any other file as it lies. */
export function scanFile(path: string): ScanOutcome {
  let source: FileSource;
  try {
    source = new FileSource(path);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return { code: isMissing ? 'file.not-found' : 'file.unreadable' };
  }
  try {
    const result = screen(source, regionsOf(source));
    return result.status === 'failed' ? { code: 'screen.failed' } : { result };
  } catch {
    // Whatever a hostile file broke, it must not look as if it had been searched.
    return { code: 'screen.failed' };
  } finally {
    source.close();
  }
}

function regionsOf(source: ByteSource): ScreenRegion[] {
  const plain = [{ address: null, offset: 0, size: source.size }];
  try {
    const head = source.read(0, Math.min(HEAD_BYTES, source.size));
    if (isMinidump(head)) return regionsOfDump(readMinidump(source).memory.regions, source.size);
    if (isElfCore(head)) return regionsOfDump(readElfCore(source).memory.regions, source.size);
    return plain;
  } catch {
    // A dump that cannot be read is still a file that holds what it holds.
    return plain;
  }
}
