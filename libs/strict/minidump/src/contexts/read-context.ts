import type { Cpu, ThreadContext } from '@crashkeep/snapshot';
import type { Location } from '../directory.js';
import type { DumpFile } from '../dump-file.js';
import { contextLayouts } from './context-layouts.js';
import { bytesNeeded, decodeContext } from './register-file.js';

/**
 * A thread's registers. Only the general ones are read, whatever follows them: Microsoft's CONTEXT with XSAVE areas behind it,
 * Breakpad's 1,232 bytes and LLDB's 720 for amd64 all begin alike.
 */
export function readContext(file: DumpFile, cpu: Cpu, location: Location): ThreadContext | null {
  for (const layout of contextLayouts(cpu)) {
    const needed = bytesNeeded(layout);
    if (location.size < needed) continue;
    const piece = file.piece({ rva: location.rva, size: needed });
    const context = piece === null ? null : decodeContext(layout, piece.bytes, file.littleEndian);
    if (context !== null) return context;
  }
  return null;
}
