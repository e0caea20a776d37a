import type { Random } from './random.js';

type Mutation = (bytes: Uint8Array, random: Random, other: Uint8Array) => Uint8Array;

/** Numbers that parsers trip over: bounds of every width, and just beside them. */
const ODD_NUMBERS = [
  0, 1, 2, 3, 7, 8, 16, 24, 32, 64, 127, 128, 255, 256, 4095, 4096, 0x7fff, 0x8000, 0xffff, 0x1_0000, 0x7fff_ffff,
  0x8000_0000, 0xffff_fff0, 0xffff_fffe, 0xffff_ffff,
];
/** What a hostile line of text is made of. */
const ODD_TEXTS = [
  '\n',
  ' ',
  '-1',
  '0',
  'ffffffffffffffff',
  ': .cfa: ',
  ' ^ ',
  ' + ',
  ' .undef',
  '\u202e',
  '\0',
  'FUNC ',
];

const MUTATIONS: readonly Mutation[] = [
  flipBit,
  flipBit,
  setByte,
  setNumber,
  setNumber,
  setNumber,
  copyWord,
  copyWord,
  moveNumber,
  moveNumber,
  overwriteFrom,
  splice,
  cut,
  insertText,
  repeat,
  truncate,
];

/** `bytes` with one to eight small damages, some of them taken from `other`. `maxBytes` bounds what it may grow to. */
export function mutate(bytes: Uint8Array, other: Uint8Array, random: Random, maxBytes: number): Uint8Array {
  let mutated: Uint8Array = Uint8Array.from(bytes);
  for (let left = 1 + random.below(random.below(8) + 1); left > 0 && mutated.length > 0; left--)
    mutated = random.pick(MUTATIONS)(mutated, random, other);
  return mutated.subarray(0, maxBytes);
}

/** Headers and directories lie at the front and decide most: half of all places are among the first 4 KiB. */
function place(bytes: Uint8Array, random: Random): number {
  return random.below(random.below(2) === 0 ? Math.min(bytes.length, 4096) : bytes.length);
}

function flipBit(bytes: Uint8Array, random: Random): Uint8Array {
  const at = place(bytes, random);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
  return bytes;
}

function setByte(bytes: Uint8Array, random: Random): Uint8Array {
  bytes[place(bytes, random)] = random.below(256);
  return bytes;
}

function setNumber(bytes: Uint8Array, random: Random): Uint8Array {
  const value = random.below(4) === 0 ? bytes.length - random.below(64) : random.pick(ODD_NUMBERS);
  return writeNumber(bytes, alignedPlace(bytes, random), random.pick([1, 2, 4, 4, 4, 8]), value);
}

/** A number of four bytes, a little more or less than it was. */
function moveNumber(bytes: Uint8Array, random: Random): Uint8Array {
  const at = alignedPlace(bytes, random);
  const before = (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 0x100 + (bytes[at + 2] ?? 0) * 0x1_0000;
  return writeNumber(bytes, at, 3, before + random.below(129) - 64);
}

function copyWord(bytes: Uint8Array, random: Random): Uint8Array {
  const from = alignedPlace(bytes, random);
  bytes.copyWithin(alignedPlace(bytes, random), from, from + random.pick([4, 8, 16]));
  return bytes;
}

function overwriteFrom(bytes: Uint8Array, random: Random, other: Uint8Array): Uint8Array {
  const at = place(bytes, random);
  const from = random.below(other.length + 1);
  bytes.set(other.subarray(from, from + Math.min(1 + random.below(256), bytes.length - at)), at);
  return bytes;
}

function splice(bytes: Uint8Array, random: Random, other: Uint8Array): Uint8Array {
  const from = random.below(other.length + 1);
  return joined(bytes, place(bytes, random), 0, other.subarray(from, from + 1 + random.below(128)));
}

function cut(bytes: Uint8Array, random: Random): Uint8Array {
  return joined(bytes, place(bytes, random), 1 + random.below(32), new Uint8Array(0));
}

function insertText(bytes: Uint8Array, random: Random): Uint8Array {
  return joined(bytes, place(bytes, random), 0, new TextEncoder().encode(random.pick(ODD_TEXTS)));
}

function repeat(bytes: Uint8Array, random: Random): Uint8Array {
  const at = place(bytes, random);
  const piece = bytes.slice(at, at + 1 + random.below(64));
  const times = 1 + random.below(32);
  const grown = new Uint8Array(piece.length * times);
  for (let i = 0; i < times; i++) grown.set(piece, i * piece.length);
  return joined(bytes, at, 0, grown);
}

function truncate(bytes: Uint8Array, random: Random): Uint8Array {
  return random.below(4) === 0 ? bytes.slice(0, random.below(bytes.length + 1)) : bytes;
}

function alignedPlace(bytes: Uint8Array, random: Random): number {
  const at = place(bytes, random);
  return random.below(4) === 0 ? at : at - (at % 4);
}

function writeNumber(bytes: Uint8Array, at: number, width: number, value: number): Uint8Array {
  for (let i = 0; i < width && at + i < bytes.length; i++) bytes[at + i] = Math.floor(value / 2 ** (8 * i)) & 0xff;
  return bytes;
}

function joined(bytes: Uint8Array, at: number, without: number, piece: Uint8Array): Uint8Array {
  const rest = bytes.subarray(Math.min(bytes.length, at + without));
  const grown = new Uint8Array(at + piece.length + rest.length);
  grown.set(bytes.subarray(0, at));
  grown.set(piece, at);
  grown.set(rest, at + piece.length);
  return grown;
}
