import { type Cpu, decodeRegisters, registerBytes, type ThreadContext } from '@crashkeep/snapshot';
import type { Location } from '../directory.js';
import type { DumpFile } from '../dump-file.js';
import { type ContextLayout, contextLayouts } from './context-layouts.js';

/**
 * A thread's registers. Only the general ones are read, whatever follows them: Microsoft's CONTEXT with XSAVE areas behind it,
 * Breakpad's 1,232 bytes and LLDB's 720 for amd64 all begin alike.
 */
export function readContext(file: DumpFile, cpu: Cpu, location: Location): ThreadContext | null {
  for (const layout of contextLayouts(cpu)) {
    const size = Math.max(layout.flagsAt + 4, registerBytes(layout));
    const piece = location.size < size ? null : file.piece({ rva: location.rva, size });
    if (piece !== null && isOfLayout(layout, piece.bytes, file.littleEndian)) {
      return decodeRegisters(layout, piece.bytes, file.littleEndian);
    }
  }
  return null;
}

function isOfLayout({ flagsAt, architecture }: ContextLayout, bytes: Uint8Array, littleEndian: boolean): boolean {
  const flags = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(flagsAt, littleEndian);
  return architecture.some((bit) => (flags & bit) >>> 0 === bit);
}
