interface ElfPlan {
  /** Hex. */
  readonly buildId: string;
  /** `.text` gets code's flags. */
  readonly sections: readonly string[];
  /** Bytes of the whole file, at least. */
  readonly size?: number;
}

/** A 64-bit little-endian ELF file by the System V gABI: a build id's note and sections of sixteen bytes. */
export function elfOf({ buildId, sections, size = 0 }: ElfPlan): Buffer {
  const note = Buffer.concat([Buffer.alloc(12), Buffer.from('GNU\0'), Buffer.from(buildId, 'hex')]);
  note.writeUInt32LE(4, 0);
  note.writeUInt32LE(buildId.length / 2, 4);
  note.writeUInt32LE(3, 8);
  const names = ['', '.note.gnu.build-id', ...sections, '.shstrtab'];
  const text = Buffer.from(`${names.join('\0')}\0`);
  const contents = [Buffer.alloc(0), note, ...sections.map(() => Buffer.alloc(16, 0x90)), text];
  const rows = Buffer.alloc(64 * names.length);
  const pieces: Buffer[] = [];
  let at = 64;
  names.forEach((name, i) => {
    const content = contents[i] ?? Buffer.alloc(0);
    rows.writeUInt32LE(i === 0 ? 0 : text.indexOf(`\0${name}\0`) + 1, i * 64);
    rows.writeUInt32LE(i === 0 ? 0 : 1, i * 64 + 4);
    rows.writeUInt32LE(name === '.text' ? 6 : 0, i * 64 + 8);
    rows.writeUInt32LE(at, i * 64 + 24);
    rows.writeUInt32LE(content.length, i * 64 + 32);
    pieces.push(content);
    at += content.length;
  });
  const head = Buffer.alloc(64);
  head.write('\x7fELF\x02\x01\x01', 'latin1');
  head.writeUInt32LE(at, 40);
  head.writeUInt16LE(64, 58);
  head.writeUInt16LE(names.length, 60);
  head.writeUInt16LE(names.length - 1, 62);
  const file = Buffer.concat([head, ...pieces, rows]);
  return Buffer.concat([file, Buffer.alloc(Math.max(0, size - file.length), 7)]);
}
