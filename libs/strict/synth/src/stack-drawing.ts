import { ByteWriter } from './byte-writer.js';

/** What a drawing's names mean: places in modules, and words to plant. */
export interface DrawnNames {
  readonly moduleBase: (name: string) => bigint;
  readonly words: Readonly<Record<string, bigint>>;
}

/** A stack by words, from the lowest address up. */
export interface StackDrawing {
  readonly address: bigint;
  readonly wordBytes: 4 | 8;
  readonly rows: readonly StackRow[];
}

interface StackRow {
  readonly label: string | null;
  readonly text: string;
  readonly repeat: number;
}

const ROW = /^\s*(?:(?<label>\w+):)?\s*\|\s*(?<text>.*?)\s*\|(?:\s*x(?<repeat>\d+))?\s*$/;
const JUNK = 0x6b6e_756a_6b6e_756an;

/**
 * Draws a stack:
 *
 *     stackAt(0x7ffd_0000n)`
 *              | junk                      | x4
 *       inner: | saved rbp -> outer        |
 *              | return -> app+0x120       |
 *       outer: | 0                         |
 *              | return -> libc.so.6+0x271 |
 *     `
 *
 * A row is one word, `xN` of them. Its text is a number; `-> LABEL`, the address of another row; `-> MODULE+0xOFFSET`; a planted
 * word's name; or `junk`. What stands before the arrow is for the reader.
 */
export function stackAt(address: bigint, wordBytes: 4 | 8 = 8): (drawing: TemplateStringsArray) => StackDrawing {
  return (drawing) => ({
    address,
    wordBytes,
    rows: drawing
      .join('')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map(parseRow),
  });
}

/** The address of the row with that label. */
export function labelAddress(drawing: StackDrawing, label: string): bigint {
  let at = drawing.address;
  for (const row of drawing.rows) {
    if (row.label === label) return at;
    at += BigInt(row.repeat * drawing.wordBytes);
  }
  throw new TypeError(`no row is labelled ${label}`);
}

export function stackBytes(drawing: StackDrawing, names: DrawnNames, littleEndian: boolean): Uint8Array {
  const out = new ByteWriter(littleEndian);
  for (const row of drawing.rows) {
    const word = wordOf(drawing, row.text, names);
    for (let i = 0; i < row.repeat; i++) {
      if (drawing.wordBytes === 8) out.u64(word);
      else out.u32(Number(BigInt.asUintN(32, word)));
    }
  }
  return out.finish();
}

function parseRow(line: string): StackRow {
  const groups = ROW.exec(line)?.groups;
  if (groups === undefined) throw new TypeError(`not a row of a stack: ${line.trim()}`);
  return { label: groups['label'] ?? null, text: groups['text'] ?? '', repeat: Number(groups['repeat'] ?? 1) };
}

function wordOf(drawing: StackDrawing, text: string, { moduleBase, words }: DrawnNames): bigint {
  if (text === 'junk' || text === '') return JUNK;
  const target = text.split('->').at(-1)?.trim() ?? text;
  if (/^(0x[0-9a-f_]+|\d+)$/i.test(target)) return BigInt(target.replaceAll('_', ''));
  const place = /^(?<module>.+)\+(?<offset>0x[0-9a-f]+)$/i.exec(target)?.groups;
  if (place !== undefined) return moduleBase(place['module'] ?? '') + BigInt(place['offset'] ?? 0);
  return words[target] ?? labelAddress(drawing, target);
}
