import { deflateRawSync } from 'node:zlib';
import { IngestError, readSymbolZip } from '@crashkeep/ingest/zip-members';
import { type FuzzTarget, magnitude } from '../fuzz-target.js';
import { MeteredSource } from '../metered-source.js';

/** What is read of a member: its upload stops at a limit, too. */
const UNFOLDED_MAX = 4 * 1024 * 1024;
const ID = '0123456789ABCDEF0123456789ABCDEF1';
const TEXT = Buffer.from(`MODULE Linux x86_64 ${ID} lantern\nPUBLIC 10 0 main\n`.repeat(8));

/** A zip of symbols as build machines upload it: its directory, its names and what its members unfold to. */
export const zipTarget: FuzzTarget = {
  code: /\/apps\/ingest\/dist\/symbols\/|\/node_modules\/yauzl\//,
  seeds: () => [
    zipOf([]),
    zipOf([{ path: `lantern/${ID}/lantern.sym`, isPacked: true }]),
    zipOf([
      { path: `lantern/${ID}/lantern.sym`, isPacked: false },
      { path: `mill.pdb/${ID}/mill.sym`, isPacked: true },
      { path: 'firefox-symbols.txt', isPacked: true },
    ]),
    zipOf([{ path: `../${ID}/x`, isPacked: true }]),
  ],
  run: async (bytes) => {
    try {
      const members = await readSymbolZip(bytes.length, rangesOf(bytes));
      const sizes = [];
      for (const member of members.slice(0, 4)) sizes.push(await contentOutcome(member.content()));
      return `${magnitude(members.length)} ${sizes.join()}`;
    } catch (error) {
      if (error instanceof IngestError) return error.code;
      throw error;
    }
  },
};

/** As whoever stores a member reads it: until it has enough. */
async function contentOutcome(content: AsyncIterable<Uint8Array>): Promise<string> {
  let bytes = 0;
  try {
    for await (const piece of content) {
      bytes += piece.length;
      if (bytes > UNFOLDED_MAX) return 'much';
    }
  } catch (error) {
    if (error instanceof IngestError) return error.code;
    throw error;
  }
  return String(magnitude(bytes));
}

/** A reader that asks for what lies outside, or in circles, throws what no target may. */
function rangesOf(bytes: Uint8Array): (offset: number, length: number) => Promise<Buffer> {
  const source = new MeteredSource(bytes);
  return (offset, length) => Promise.resolve(Buffer.from(source.read(offset, length)));
}

interface SeedMember {
  readonly path: string;
  readonly isPacked: boolean;
}

/** By APPNOTE.TXT; checksums stay zero, which no reader of ours looks at. */
function zipOf(members: readonly SeedMember[]): Uint8Array {
  const [local, central]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const { path, isPacked } of members) {
    const content = isPacked ? deflateRawSync(TEXT) : TEXT;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(isPacked ? 8 : 0, 4);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(TEXT.length, 18);
    common.writeUInt16LE(Buffer.byteLength(path), 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    central.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), common, place, Buffer.from(path));
    const file = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(path), content]);
    local.push(file);
    at += file.length;
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
