import { ByteWriter } from '../byte-writer.js';
import type { DumpLayout, Placed } from '../dump-layout.js';
import type { SynthModule } from '../synth-parts.js';

export function writeModules(layout: DumpLayout, modules: readonly SynthModule[]): void {
  const placed = modules.map((module) => ({
    ...module,
    nameRva: layout.utf16(module.name),
    record: debugRecord(layout, module),
  }));
  layout.stream(4, (out) => {
    out.u32(placed.length);
    for (const { base, size, timestamp = 0, nameRva, version, record } of placed) {
      out.u64(base).u32(size, 0, timestamp, nameRva);
      if (version === undefined) out.zeros(52);
      else out.u32(0xfeef_04bd, 0x0001_0000, ...version).zeros(28);
      out.u32(record.size, record.rva).zeros(24);
    }
  });
}

function debugRecord(layout: DumpLayout, { debug }: SynthModule): Placed {
  if (debug === undefined) return { rva: 0, size: 0 };
  if (debug.kind === 'elf') {
    return layout.record((out) => out.u32(0x4270_454c).bytes(Buffer.from(debug.buildId, 'hex')));
  }
  const { id, file } = debug;
  return layout.record((out) => {
    out
      .u32(0x5344_5352)
      .bytes(guidBytes(id, layout.littleEndian))
      .u32(parseInt(id.slice(32), 16));
    out.bytes(new TextEncoder().encode(`${file}\0`));
  });
}

/** The GUID's first three fields are numbers. */
function guidBytes(id: string, littleEndian: boolean): Uint8Array {
  const out = new ByteWriter(littleEndian);
  out
    .u32(parseInt(id.slice(0, 8), 16))
    .u16(parseInt(id.slice(8, 12), 16))
    .u16(parseInt(id.slice(12, 16), 16));
  return out.bytes(Buffer.from(id.slice(16, 32), 'hex')).finish();
}
