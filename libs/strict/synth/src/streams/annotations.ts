import type { DumpLayout, Placed } from '../dump-layout.js';
import type { SynthAnnotations } from '../synth-parts.js';

/** CrashpadInfo: report id and client id, then the process's dictionary and each module's. */
export function writeAnnotations(layout: DumpLayout, annotations: SynthAnnotations): void {
  const simple = dictionary(layout, annotations.simple ?? {});
  const links = (annotations.modules ?? []).map(({ module, list = [], simple = {}, objects = {} }) => {
    const parts = [stringList(layout, list), dictionary(layout, simple), annotationObjects(layout, objects)];
    const info = layout.record((out) => out.u32(1, ...parts.flatMap(({ size, rva }) => [size, rva])));
    return { module, info };
  });
  const modules = layout.record((out) => {
    out.u32(links.length);
    for (const { module, info } of links) out.u32(module, info.size, info.rva);
  });
  layout.stream(0x4350_0001, (out) => {
    out.u32(1).zeros(32).u32(simple.size, simple.rva, modules.size, modules.rva);
  });
}

function dictionary(layout: DumpLayout, entries: Readonly<Record<string, string>>): Placed {
  const placed = Object.entries(entries).map(([key, value]) => [layout.utf8(key), layout.utf8(value)] as const);
  return layout.record((out) => out.u32(placed.length, ...placed.flat()));
}

function stringList(layout: DumpLayout, strings: readonly string[]): Placed {
  const placed = strings.map((text) => layout.utf8(text));
  return layout.record((out) => out.u32(placed.length, ...placed));
}

/** Typed annotations; 1 is a string, which here has no NUL at its end. */
function annotationObjects(layout: DumpLayout, objects: Readonly<Record<string, string>>): Placed {
  const placed = Object.entries(objects).map(([name, value]) => ({
    name: layout.utf8(name),
    value: layout.utf8(value),
  }));
  return layout.record((out) => {
    out.u32(placed.length);
    for (const { name, value } of placed) out.u32(name).u16(1).u16(0).u32(value);
  });
}
