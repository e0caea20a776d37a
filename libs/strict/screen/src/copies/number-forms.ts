import { bytesOf } from '../keys/big.js';
import { wide } from '../text/text-window.js';

/** One way to write a secret down. `text` forms are met in both widths. */
export interface Form {
  readonly bytes: Uint8Array;
  readonly isText: boolean;
  /** Where the secret part begins and ends in it; the rest is public or the same in every key. */
  readonly from: number;
  readonly to: number;
}

const whole = (bytes: Uint8Array, isText = false): Form => ({ bytes, isText, from: 0, to: bytes.length });

/** A number in every form that runtimes keep: big and little endian, Java's ints, CPython's digits, and as text. */
export function numberForms(value: bigint, length: number): Form[] {
  const big = bytesOf(value, length);
  return [
    whole(Uint8Array.from(big).reverse()),
    whole(javaInts(value)),
    whole(pythonDigits(value)),
    whole(Buffer.from(value.toString(10)), true),
    ...byteForms(big),
  ];
}

/** Bytes as they are, in hexadecimal of both cases, and in base64 wherever in a longer text they stand. */
export function byteForms(bytes: Uint8Array): Form[] {
  const hexadecimal = Buffer.from(bytes).toString('hex');
  return [
    whole(bytes),
    whole(Buffer.from(hexadecimal), true),
    whole(Buffer.from(hexadecimal.toUpperCase()), true),
    ...base64Forms(bytes),
  ];
}

/** Three ways to fall into groups of three, each in both alphabets; characters that depend on a neighbour are left out. */
function base64Forms(bytes: Uint8Array): Form[] {
  const texts = new Set<string>();
  for (const lead of [0, 1, 2]) {
    const padded = Buffer.concat([new Uint8Array(lead), bytes]);
    const usable = padded.subarray(0, padded.length - (padded.length % 3));
    const skipped = lead === 0 ? 0 : 4;
    texts.add(usable.toString('base64').slice(skipped));
    texts.add(usable.toString('base64url').slice(skipped));
  }
  return [...texts].map((text) => whole(Buffer.from(text), true));
}

function javaInts(value: bigint): Uint8Array {
  const big = bytesOf(value);
  const padded = new Uint8Array(Math.ceil(big.length / 4) * 4);
  padded.set(big, padded.length - big.length);
  return Buffer.from(padded).swap32();
}

function pythonDigits(value: bigint): Uint8Array {
  const bits = value.toString(2);
  const count = Math.ceil(bits.length / 30);
  const digits = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const end = bits.length - 30 * i;
    digits[i] = Number(`0b${bits.slice(Math.max(0, end - 30), end)}`);
  }
  return new Uint8Array(digits.buffer);
}

export function widened({ bytes, from, to }: Form): Form {
  return { bytes: wide(bytes), isText: true, from: 2 * from, to: 2 * to };
}
