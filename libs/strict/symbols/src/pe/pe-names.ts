import type { FormBuilder } from '../form/form-builder.js';
import type { PeImage } from './pe-image.js';

const EXPORTS_MAX = 500_000;
const NAME_BYTES_MAX = 4096;
const CODE_VIEW = 2;
const DEBUG_ENTRY_BYTES = 28;
const RSDS = 0x5344_5352;

/** Adds the exported names. */
export function addExports(image: PeImage, builder: FormBuilder): void {
  const directory = image.directory('exports');
  if (directory === null) return;
  const header = image.read(directory.address, 40);
  const functionCount = Math.min(EXPORTS_MAX, header.getUint32(20, true));
  const nameCount = Math.min(EXPORTS_MAX, header.getUint32(24, true));
  const addresses = image.read(header.getUint32(28, true), functionCount * 4);
  const names = image.read(header.getUint32(32, true), nameCount * 4);
  const ordinals = image.read(header.getUint32(36, true), nameCount * 2);
  for (let i = 0; i < nameCount; i++) {
    const ordinal = ordinals.getUint16(i * 2, true);
    if (ordinal >= functionCount) continue;
    const address = addresses.getUint32(ordinal * 4, true);
    // Inside the directory lies not code but the name of another library's export.
    const isForwarded = address >= directory.address && address < directory.address + directory.size;
    if (address === 0 || isForwarded) continue;
    const sortKey = image.text(names.getUint32(i * 4, true), NAME_BYTES_MAX);
    builder.addPublic({ address, parameterBytes: 0, name: builder.name(sortKey), sortKey });
  }
}

/** The PDB that the image was linked with; null where it does not say. */
export function codeViewOf(image: PeImage): { readonly debugId: string; readonly debugFile: string } | null {
  const directory = image.directory('debug');
  if (directory === null) return null;
  const table = image.read(directory.address, directory.size - (directory.size % DEBUG_ENTRY_BYTES));
  for (let at = 0; at < table.byteLength; at += DEBUG_ENTRY_BYTES) {
    if (table.getUint32(at + 12, true) !== CODE_VIEW || table.getUint32(at + 16, true) < 24) continue;
    const address = table.getUint32(at + 20, true);
    const record = image.read(address, 24);
    if (record.getUint32(0, true) !== RSDS) continue;
    return { debugId: debugIdOf(record), debugFile: image.text(address + 24, NAME_BYTES_MAX) };
  }
  return null;
}

/** Breakpad's form: the GUID's parts as numbers, the age in hex. */
function debugIdOf(record: DataView): string {
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
  const tail = Array.from({ length: 8 }, (_, i) => hex(record.getUint8(12 + i), 2)).join('');
  const guid = `${hex(record.getUint32(4, true), 8)}${hex(record.getUint16(8, true), 4)}${hex(record.getUint16(10, true), 4)}${tail}`;
  return `${guid}${record.getUint32(20, true).toString(16)}`.toUpperCase();
}
