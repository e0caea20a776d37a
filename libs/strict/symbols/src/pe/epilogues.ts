import type { FrameState } from './frame-state.js';

const RET = 0xc3;
const RET_N = 0xc2;
const LEAVE = 0xc9;
const REX_B = 0x41;
const POP = 0x58;
const RBP = 5;

/** A place in an epilogue, by offset in the code, and how many pushed registers are still on the stack there. */
export interface EpiloguePlace {
  readonly at: number;
  readonly left: number;
}

/**
 * Where the frame is already taken down. Windows' unwinder knows an epilogue by the few forms that it may have: the stack
 * pointer is set, the pushed registers are popped in turn, and a return or a jump out of the function ends it. We look for those
 * ends and go back: what is found in the middle of an instruction harms nobody, for no ip is ever there.
 */
export function findEpilogues(code: Uint8Array, state: FrameState): EpiloguePlace[] {
  const places: EpiloguePlace[] = [];
  for (let at = 0; at < code.length; at++) {
    if (!endsFunction(code, at)) continue;
    const pops = popsBefore(code, at, state);
    if (pops === null) continue;
    places.push(...pops, { at, left: 0 });
  }
  return places;
}

/** `ret`, or a jump that leads out of the code. */
function endsFunction(code: Uint8Array, at: number): boolean {
  const [first, second, third] = [code[at], code[at + 1], code[at + 2]];
  if (first === RET || first === RET_N) return true;
  if (first === 0xf3 && second === RET) return true;
  if (first === 0xff) return second === 0x25;
  if (first === 0x48 && second === 0xff)
    return third === 0x25 || (third !== undefined && third >= 0xe0 && third <= 0xe7);
  return jumpsOut(code, at);
}

function jumpsOut(code: Uint8Array, at: number): boolean {
  const isShort = code[at] === 0xeb;
  const length = isShort ? 2 : 5;
  if ((!isShort && code[at] !== 0xe9) || at + length > code.length) return false;
  const view = new DataView(code.buffer, code.byteOffset, code.byteLength);
  const target = at + length + (isShort ? view.getInt8(at + 1) : view.getInt32(at + 1, true));
  return target < 0 || target >= code.length;
}

/** The pops that end at `end`: all pushed registers, last one first. Null where they are not there, or the stack pointer was not set before. */
function popsBefore(code: Uint8Array, end: number, { pushed, depth }: FrameState): EpiloguePlace[] | null {
  const allocates = depth > 8 * (pushed.length + 1);
  if (code[end - 1] === LEAVE && pushed.length === 1 && pushed[0] === RBP) return [];
  const places: EpiloguePlace[] = [];
  let at = end;
  for (const [i, register] of pushed.entries()) {
    at -= register < 8 ? 1 : 2;
    const isPop = code[register < 8 ? at : at + 1] === POP + (register & 7) && (register < 8 || code[at] === REX_B);
    if (!isPop) return null;
    places.unshift({ at, left: i + 1 });
  }
  return allocates && !setsStackPointer(code, at) ? null : places;
}

/** `add rsp, n` or `lea rsp, [register + n]` ends at `end`. */
function setsStackPointer(code: Uint8Array, end: number): boolean {
  const is = (back: number, ...bytes: number[]): boolean => bytes.every((byte, i) => code[end - back + i] === byte);
  if (is(4, 0x48, 0x83, 0xc4) || is(7, 0x48, 0x81, 0xc4)) return true;
  for (const [length, mode] of [
    [4, 0x40],
    [7, 0x80],
  ] as const) {
    const [rex, opcode, modrm] = [code[end - length], code[end - length + 1], code[end - length + 2]];
    // Register rsp as target, an 8 or 32 bit distance.
    if ((rex === 0x48 || rex === 0x49) && opcode === 0x8d && modrm !== undefined && (modrm & 0xf8) === (mode | 0x20))
      return true;
  }
  return false;
}
