import type { Cpu } from '@crashkeep/snapshot';
import type { SymbolForm } from '@crashkeep/symbols';

/** The longest call of any CPU here: x86's through a base, an index and 32 bits of displacement. */
const CALL_BYTES_MAX = 8;

/**
 * Whether the uploaded image has a call right before `returnAddress`, an offset in its module: then it is one, and no word of data
 * that happens to lie in the module. Null where that is not known: no image was uploaded, or the CPU has no reader here.
 */
export function followsCall(cpu: Cpu, form: SymbolForm, returnAddress: number): boolean | null {
  const isCall = READERS[cpu];
  if (isCall === undefined || !form.hasCode) return null;
  const at = cpu === 'arm' ? returnAddress & ~1 : returnAddress;
  const code = before(form, at);
  return code.length === 0 ? false : isCall(code, (returnAddress & 1) === 1);
}

type CallReader = (code: Uint8Array, isThumb: boolean) => boolean;
const READERS: Readonly<Partial<Record<Cpu, CallReader>>> = { x86: isX86Call, arm: isArmCall };

/** Up to eight bytes that end at `end`; at the very beginning of code there are fewer. */
function before(form: SymbolForm, end: number): Uint8Array {
  for (let length = CALL_BYTES_MAX; length > 0; length--) {
    const code = form.codeAt(end - length, length);
    if (code?.length === length) return code;
  }
  return new Uint8Array(0);
}

/** E8 and a distance, or FF /2 in any of its forms. */
function isX86Call(code: Uint8Array): boolean {
  if (code.at(-5) === 0xe8) return true;
  for (let length = 2; length <= 7; length++) {
    const modrm = code.at(1 - length);
    if (code.at(-length) === 0xff && modrm !== undefined && callLength(modrm, code.at(2 - length) ?? 0) === length)
      return true;
  }
  return false;
}

/** Bytes of `FF /2`; null where the extension is another. */
function callLength(modrm: number, sib: number): number | null {
  const [mode, extension, base] = [modrm >> 6, (modrm >> 3) & 7, modrm & 7];
  if (extension !== 2) return null;
  if (mode === 3) return 2;
  const hasSib = base === 4;
  const isAbsolute = mode === 0 && (hasSib ? (sib & 7) === 5 : base === 5);
  const displacement = isAbsolute || mode === 2 ? 4 : mode;
  return 2 + (hasSib ? 1 : 0) + displacement;
}

/** BL and BLX, by distance or register; of old ARM code `mov lr, pc` two instructions before. */
function isArmCall(code: Uint8Array, isThumb: boolean): boolean {
  const view = new DataView(code.buffer, code.byteOffset, code.byteLength);
  const end = code.length;
  if (isThumb) {
    const last = end >= 2 ? view.getUint16(end - 2, true) : 0;
    const first = end >= 4 ? view.getUint16(end - 4, true) : 0;
    return (last & 0xff87) === 0x4780 || ((first & 0xf800) === 0xf000 && (last & 0xc000) === 0xc000);
  }
  const word = end >= 4 ? view.getUint32(end - 4, true) : 0;
  if (end >= 8 && view.getUint32(end - 8, true) === 0xe1a0_e00f) return true;
  return (
    (word & 0x0f00_0000) === 0x0b00_0000 ||
    (word & 0xfe00_0000) >>> 0 === 0xfa00_0000 ||
    (word & 0x0fff_fff0) === 0x012f_ff30
  );
}
