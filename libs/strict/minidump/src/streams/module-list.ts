import type { FileRange, Module, Os, Cursor } from '@crashkeep/snapshot';
import type { Location } from '../directory.js';
import { type DumpFile, tolerate } from '../dump-file.js';
import { MAX_MODULES } from '../limits.js';
import { StreamType } from '../stream-type.js';
import { type CodeView, readCodeView } from './code-view.js';
import { listCount } from './list-stream.js';

const MODULE_BYTES = 108;
const VERSION_SIGNATURE = 0xfeef_04bd;
const VERSION_STRUCTURE = 0x0001_0000;
/** Above 2^64 no module ends. */
const ADDRESS_SPACE = 1n << 64n;
/** Room for most paths; a longer one costs a read of its own. */
const USUAL_NAME_BYTES = 260;
/** A record of CodeView is a GUID and a path. */
const MAX_DEBUG_RECORD_BYTES = 4096;

export interface ModuleRecord {
  readonly base: bigint;
  readonly size: number;
  readonly timestamp: number;
  readonly nameRva: number;
  /** VS_FIXEDFILEINFO's file version and product version, a high and a low half each; null where there is none. */
  readonly version: readonly [number, number, number, number] | null;
  readonly codeView: Location;
}

/** The list itself; its names and debug records lie elsewhere in the file. */
export function readModuleRecords(file: DumpFile): ModuleRecord[] {
  const list = file.stream(StreamType.ModuleList);
  if (list !== null) return readRecords(file, list);
  file.problem('minidump.no-modules');
  return [];
}

/** Where the names and debug records lie. */
export function moduleDetailRanges(records: readonly ModuleRecord[]): FileRange[] {
  return records.flatMap(({ nameRva, codeView }) => [
    { offset: nameRva, length: USUAL_NAME_BYTES },
    { offset: codeView.rva, length: Math.min(codeView.size, MAX_DEBUG_RECORD_BYTES) },
  ]);
}

export function describeModules(file: DumpFile, os: Os, records: readonly ModuleRecord[]): Module[] {
  return records.map((record, ordinal) => describe(file, os, record, ordinal));
}

function readRecords(file: DumpFile, list: Cursor): ModuleRecord[] {
  const records: ModuleRecord[] = [];
  return tolerate(
    file,
    'minidump.bad-modules',
    () => {
      const count = listCount(file, list, MODULE_BYTES, MAX_MODULES, 'minidump.bad-modules');
      for (let i = 0; i < count; i++) {
        const record = readRecord(list);
        // A module of no size or past the end of the address space holds no code address.
        if (record.size > 0 && record.base + BigInt(record.size) < ADDRESS_SPACE) records.push(record);
        else file.problem('minidump.bad-module');
      }
      return records;
    },
    records,
  );
}

function readRecord(list: Cursor): ModuleRecord {
  const base = list.u64();
  const size = list.u32();
  list.skip(4); // Checksum.
  const timestamp = list.u32();
  const nameRva = list.u32();
  const isVersion = list.u32() === VERSION_SIGNATURE;
  const isKnown = list.u32() === VERSION_STRUCTURE;
  const version = [list.u32(), list.u32(), list.u32(), list.u32()] as const;
  list.skip(28); // Flags, system, type, date.
  const codeView = readLocation(list);
  list.skip(24); // The misc record and two reserved fields.
  return { base, size, timestamp, nameRva, version: isVersion && isKnown ? [...version] : null, codeView };
}

function readLocation(list: Cursor): Location {
  const size = list.u32();
  return { rva: list.u32(), size };
}

function describe(file: DumpFile, os: Os, record: ModuleRecord, ordinal: number): Module {
  const { base, size, codeView } = record;
  const name = file.utf16At(record.nameRva);
  if (name === null) file.problem('minidump.bad-module-name');
  const codeFile = name ?? '';
  const debug = codeView.size === 0 ? null : debugRecord(file, os, codeView, codeFile);
  return {
    ordinal,
    base,
    size,
    codeFile,
    codeId: codeId(os, record, debug),
    debugFile: debug?.debugFile ?? null,
    debugId: debug?.debugId ?? null,
    version: record.version === null ? null : versionText(os, record.version),
  };
}

function debugRecord(file: DumpFile, os: Os, location: Location, codeFile: string): CodeView | null {
  const piece = location.size > MAX_DEBUG_RECORD_BYTES ? null : file.piece(location);
  if (piece === null) file.problem('minidump.bad-debug-record');
  if (piece === null) return null;
  return tolerate(file, 'minidump.bad-debug-record', () => readCodeView(piece, file.littleEndian, os, codeFile), null);
}

/** Windows knows an image by link time and size; so do PDB records wherever they come from, but for macOS, whose UUID stands in one. */
function codeId(os: Os, record: ModuleRecord, debug: CodeView | null): string | null {
  if (debug?.kind === 'elf' || debug?.codeId != null) return debug.codeId;
  const isImage = debug === null ? os === 'windows' : debug.kind !== 'unknown';
  return isImage ? imageId(record.timestamp, record.size) : null;
}

/** Time in eight hex digits, size in as many as it takes; lower case, as symbol servers are asked. */
export function imageId(timestamp: number, size: number): string {
  return `${timestamp.toString(16).padStart(8, '0')}${size.toString(16)}`;
}

/** Microsoft packs four 16-bit numbers into two; Breakpad on Linux writes four whole ones. */
function versionText(os: Os, [high, low, productHigh, productLow]: readonly [number, number, number, number]): string {
  const packed = os === 'windows' || os === 'mac' || os === 'ios';
  const parts = packed ? [high >>> 16, high & 0xffff, low >>> 16, low & 0xffff] : [high, low, productHigh, productLow];
  return parts.join('.');
}
