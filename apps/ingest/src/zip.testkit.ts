import { deflateRawSync } from 'node:zlib';

interface Member {
  readonly name: string;
  readonly bytes: Buffer;
  /** What the headers say of the unfolded size; a bomb lies. */
  readonly claimed?: number;
}

/** A zip file, written by APPNOTE.TXT. Checksums stay zero: no reader of ours looks at them. */
export function zipOf(members: readonly Member[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, claimed = bytes.length } of members) {
    const packed = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claimed, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    central.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), common, place, Buffer.from(name));
    const file = [Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), packed];
    local.push(...file);
    at += file.reduce((sum, piece) => sum + piece.length, 0);
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, directory, end]);
}
