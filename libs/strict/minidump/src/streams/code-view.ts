import { type Cursor, elfDebugId, guidText, type Os } from '@crashkeep/snapshot';
import { decodeUtf8, hex, untilNul } from '../text.js';

/** What a module's CodeView record says of the file that its symbols are in. */
export interface CodeView {
  readonly kind: 'pdb70' | 'pdb20' | 'elf' | 'unknown';
  readonly debugFile: string | null;
  /** Breakpad's form; null where the identifier is all zeroes, which is no identifier. */
  readonly debugId: string | null;
  /** ELF: the whole build id. macOS: the UUID of the Mach-O file. Null for Windows, whose code id is of time and size. */
  readonly codeId: string | null;
}

const PDB70 = 0x5344_5352; // "RSDS"
const PDB20 = 0x3031_424e; // "NB10"
const ELF = 0x4270_454c; // "LEpB", Breakpad's
const GUID_BYTES = 16;

export function readCodeView(record: Cursor, littleEndian: boolean, os: Os, codeFile: string): CodeView {
  switch (record.u32()) {
    case PDB70: {
      const guid = guidText(record.take(GUID_BYTES), littleEndian);
      const age = record.u32();
      const debugFile = restAsText(record);
      const debugId = isZero(guid) ? null : `${guid}${age.toString(16)}`;
      return { kind: 'pdb70', debugFile, debugId, codeId: os === 'mac' || os === 'ios' ? guid.toLowerCase() : null };
    }
    case PDB20: {
      record.skip(4);
      const signature = record.u32().toString(16).toUpperCase().padStart(8, '0');
      const debugId = `${signature}${record.u32().toString(16)}`;
      return { kind: 'pdb20', debugFile: restAsText(record), debugId, codeId: null };
    }
    case ELF: {
      const buildId = record.take(record.left);
      const debugId = elfDebugId(buildId, littleEndian);
      return { kind: 'elf', debugFile: codeFile, debugId, codeId: debugId === null ? null : hex(buildId) };
    }
    default:
      return { kind: 'unknown', debugFile: null, debugId: null, codeId: null };
  }
}

/** The path behind the fields; some linkers leave it empty. */
function restAsText(record: Cursor): string | null {
  const text = untilNul(decodeUtf8(record.take(record.left)));
  return text === '' ? null : text;
}

function isZero(guid: string): boolean {
  return /^0*$/.test(guid);
}
