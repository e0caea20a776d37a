const HEADER_BYTES = 64;
const SEGMENT_BYTES = 56;
const STACK = 0x7ffd_0000_0000n;
const CODE = 0x40_0000n;

/** A core of amd64 with one thread, an auxiliary vector, a mapped file and a stack: the seed where no fixtures are. */
export function smallCore(): Uint8Array {
  const notes = Buffer.concat([
    note('CORE', 1, threadStatus()),
    note('CORE', 3, Buffer.alloc(136)),
    note('CORE', 6, words(3n, CODE, 9n, CODE + 0x100n, 0n, 0n)),
    note(
      'CORE',
      0x4649_4c45,
      Buffer.concat([words(1n, 4096n, CODE, CODE + 0x1000n, 0n), Buffer.from('/usr/bin/small\0')]),
    ),
  ]);
  const stack = words(...Array.from({ length: 128 }, (_, i) => (i % 8 === 3 ? CODE + 0x120n : STACK + BigInt(i * 8))));
  const code = Buffer.alloc(512);
  code.write('\u007fELF\u0002\u0001\u0001', 'latin1');
  const start = HEADER_BYTES + 3 * SEGMENT_BYTES;
  return Buffer.concat([
    fileHeader(3),
    segment(4, 4, start, 0n, notes.length),
    segment(1, 6, start + notes.length, STACK, stack.length),
    segment(1, 5, start + notes.length + stack.length, CODE, code.length),
    notes,
    stack,
    code,
  ]);
}

function words(...values: readonly bigint[]): Buffer {
  return Buffer.from(BigUint64Array.from(values).buffer);
}

function note(owner: string, type: number, description: Uint8Array): Buffer {
  const padded = (bytes: Uint8Array): Buffer => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
  const name = Buffer.from(`${owner}\0`);
  const head = Buffer.from(Uint32Array.from([name.length, description.length, type]).buffer);
  return Buffer.concat([head, padded(name), padded(description)]);
}

/** NT_PRSTATUS: the signal at 12, the thread's id at 32, 27 registers from 112 on, rip the 17th and rsp the 20th. */
function threadStatus(): Buffer {
  const status = Buffer.alloc(336);
  status.writeUInt16LE(11, 12);
  status.writeUInt32LE(4711, 32);
  status.writeBigUInt64LE(CODE + 0x110n, 112 + 16 * 8);
  status.writeBigUInt64LE(STACK, 112 + 19 * 8);
  return status;
}

function fileHeader(segments: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('\u007fELF\u0002\u0001\u0001', 'latin1');
  header.writeUInt16LE(4, 16);
  header.writeUInt16LE(62, 18);
  header.writeUInt32LE(1, 20);
  header.writeUInt32LE(HEADER_BYTES, 32);
  header.writeUInt16LE(HEADER_BYTES, 52);
  header.writeUInt16LE(SEGMENT_BYTES, 54);
  header.writeUInt16LE(segments, 56);
  return header;
}

function segment(type: number, flags: number, offset: number, address: bigint, size: number): Buffer {
  const kind = Buffer.from(Uint32Array.from([type, flags]).buffer);
  return Buffer.concat([kind, words(BigInt(offset), address, 0n, BigInt(size), BigInt(size), 1n)]);
}
