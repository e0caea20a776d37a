/**
 * snapshot: the shapes that every dump format is read into, and the ranges it is read by.
 *
 * May import: nothing. Pure: no I/O but ByteSource.
 * Invariant: whatever is here may hold bytes of a dump; only the airlock makes something lenient of it.
 * Sources: rust-minidump's process_state.rs for the wording; DESIGN.md 4 for reading by ranges.
 */
export { BufferSource, type ByteSource, type FileRange, isRangeOf } from './byte-source.js';
export { type AddressClass, addressClass, crashAddressClass, isCanonical } from './crash-address-class.js';
export { crashCause } from './crash-cause.js';
export { Cursor, PieceTooShort } from './cursor.js';
export { elfDebugId, guidText } from './debug-id.js';
export {
  decodeRegisters,
  numberedRegisters,
  registerBytes,
  type RegisterLayout,
  registerRow,
} from './register-file.js';
export { hexCode, linuxReason } from './linux-reason.js';
export { CRASH_CAUSES, type CrashCause, type ProbableCause } from './probable-cause.js';
export { REGISTER_CLASSES, type RegisterClass, registerClass } from './register-class.js';
export { SnapshotError, type SnapshotErrorCode } from './snapshot-error.js';
export type {
  Assertion,
  Cpu,
  ExceptionRecord,
  MemoryFigures,
  Module,
  Os,
  ProcessSnapshot,
  RegionInfo,
  Thread,
  ThreadContext,
  UnreadParts,
} from './process-snapshot.js';
export { type MemoryRegion, SnapshotMemory } from './snapshot-memory.js';
