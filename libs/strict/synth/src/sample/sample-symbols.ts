import { SAMPLE_LEAF, SAMPLE_MODULES, type SampleFunction, type SampleModule } from './program.js';

export interface SampleSymbolFile {
  /** Leaf name of the module, as symbol stores spell it. */
  readonly debugFile: string;
  /** Breakpad's form. */
  readonly debugId: string;
  /** Leaf name of the symbol file. */
  readonly name: string;
  /** Breakpad's symbol format. */
  readonly text: string;
}

const OUTERMOST: ReadonlySet<string> = new Set(['_start', 'clone3']);

/** Symbols of the sample dump's modules: functions and unwind rules, and for the program itself files, lines and an inlined call. */
export function sampleSymbols(): SampleSymbolFile[] {
  return SAMPLE_MODULES.map((module) => {
    const debugFile = SAMPLE_LEAF(module.path);
    const debugId = elfDebugId(module.buildId);
    return { debugFile, debugId, name: `${debugFile}.sym`, text: symbolText(module, debugFile, debugId) };
  });
}

/** A build id's first sixteen bytes as a little-endian GUID, and the age 0. */
export function elfDebugId(buildId: string): string {
  const swapped = (from: number, to: number) => (buildId.slice(from, to).match(/../g) ?? []).reverse().join('');
  return `${swapped(0, 8)}${swapped(8, 12)}${swapped(12, 16)}${buildId.slice(16, 32)}0`.toUpperCase();
}

function symbolText(module: SampleModule, debugFile: string, debugId: string): string {
  const functions = Object.values(module.functions);
  const files = unique(functions.flatMap(({ file }) => (file === undefined ? [] : [file])));
  const origins = unique(functions.flatMap(({ inline }) => (inline === undefined ? [] : [inline.name])));
  const records = [
    `MODULE Linux x86_64 ${debugId} ${debugFile}`,
    `INFO CODE_ID ${module.buildId.toUpperCase()}`,
    ...files.map((file, i) => `FILE ${String(i)} ${file}`),
    ...origins.map((origin, i) => `INLINE_ORIGIN ${String(i)} ${origin}`),
    ...functions.flatMap((fn) => functionRecords(fn, files, origins)),
    ...functions.map(unwindRecord),
  ];
  return `${records.join('\n')}\n`;
}

function functionRecords(fn: SampleFunction, files: readonly string[], origins: readonly string[]): string[] {
  const { offset, size, name, file, lines = [], inline } = fn;
  const fileIndex = file === undefined ? 0 : files.indexOf(file);
  const records = [`FUNC ${hex(offset)} ${hex(size)} 0 ${name}`];
  if (inline !== undefined) {
    const place = `${String(inline.calledAt)} ${String(fileIndex)} ${String(origins.indexOf(inline.name))}`;
    records.push(`INLINE 0 ${place} ${hex(offset + inline.from)} ${hex(inline.size)}`);
  }
  lines.forEach(([from, line], i) => {
    const end = lines[i + 1]?.[0] ?? size;
    records.push(`${hex(offset + from)} ${hex(end - from)} ${String(line)} ${String(fileIndex)}`);
  });
  return records;
}

/** Every function keeps a frame pointer; nothing called the outermost ones. */
function unwindRecord({ offset, size, name }: SampleFunction): string {
  const callers = OUTERMOST.has(name)
    ? '.cfa: $rsp 8 + .ra: .undef'
    : '.cfa: $rbp 16 + .ra: .cfa 8 - ^ $rbp: .cfa 16 - ^';
  return `STACK CFI INIT ${hex(offset)} ${hex(size)} ${callers}`;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function hex(value: number): string {
  return value.toString(16);
}
