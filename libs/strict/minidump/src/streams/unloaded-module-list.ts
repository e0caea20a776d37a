import type { Module } from '@crashkeep/snapshot';
import { type DumpFile, tolerate } from '../dump-file.js';
import { MAX_MODULES } from '../limits.js';
import { StreamType } from '../stream-type.js';
import { extendedListCount } from './list-stream.js';
import { imageId } from './module-list.js';

const MODULE_BYTES = 24;

/** Modules that were unloaded before the crash, by time of unloading. Only Windows writes them. */
export function readUnloadedModuleList(file: DumpFile): Module[] {
  const modules: Module[] = [];
  const list = file.stream(StreamType.UnloadedModuleList);
  if (list === null) return modules;
  return tolerate(
    file,
    'minidump.bad-unloaded-modules',
    () => {
      const { count, stride } = extendedListCount(
        file,
        list,
        4,
        MODULE_BYTES,
        MAX_MODULES,
        'minidump.bad-unloaded-modules',
      );
      for (let i = 0; i < count; i++) {
        const base = list.u64();
        const size = list.u32();
        list.skip(4); // Checksum.
        const timestamp = list.u32();
        const codeFile = file.utf16At(list.u32());
        list.skip(stride - MODULE_BYTES);
        if (codeFile === null) file.problem('minidump.bad-unloaded-modules');
        modules.push({
          ordinal: modules.length,
          base,
          size,
          codeFile: codeFile ?? '',
          codeId: imageId(timestamp, size),
          debugFile: null,
          debugId: null,
          version: null,
        });
      }
      return modules;
    },
    modules,
  );
}
