import type { Cpu } from '@crashkeep/snapshot';
import { type ConversionOptions, type ConvertedSymbols, DEFAULT_FORM_BYTES } from '../conversion.js';
import { FormBuilder } from '../form/form-builder.js';
import { registerFileOf } from '../register-file.js';
import type { SymbolIdentity } from '../symbol-form.js';
import { SymbolsError } from '../symbols-error.js';
import { CfiCollector } from './cfi-collector.js';
import { FunctionCollector } from './function-collector.js';
import { type LineHandler, LineSplitter } from './line-splitter.js';
import { RecordCursor } from './record-cursor.js';
import { WinCollector } from './win-collector.js';

const LETTER_S = 0x53;
const LETTER_I = 0x49;
const DEFAULT_TEXT_BYTES = 8 * 1024 * 1024 * 1024;

const CPUS: Readonly<Record<string, Cpu>> = {
  ...{ x86: 'x86', x86_64: 'amd64', amd64: 'amd64', arm: 'arm', arm64: 'arm64', arm64e: 'arm64', aarch64: 'arm64' },
  ...{ mips: 'mips', mips64: 'mips64', ppc: 'ppc', ppc64: 'ppc64', sparc: 'sparc', riscv: 'riscv', riscv64: 'riscv64' },
};

/**
 * Converts a Breakpad symbol file, whatever its size, holding no more than the form that comes of it. Records that are damaged
 * are passed over and counted. Throws `symbols.no-module` where the text is no symbol file, `symbols.too-large` past a limit.
 */
export async function convertBreakpadSymbols(
  text: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ConversionOptions = {},
): Promise<ConvertedSymbols> {
  const conversion = new Conversion(options);
  const splitter = new LineSplitter();
  const addLine: LineHandler = (bytes, from, to) => {
    conversion.add(bytes, from, to);
  };
  let left = options.maxTextBytes ?? DEFAULT_TEXT_BYTES;
  for await (const chunk of text) {
    left -= chunk.length;
    if (left < 0) throw new SymbolsError('symbols.too-large');
    splitter.push(chunk, addLine);
  }
  splitter.end(addLine);
  return conversion.finish(splitter.longLines);
}

class Conversion {
  readonly #builder: FormBuilder;
  readonly #functions: FunctionCollector;
  readonly #win: WinCollector;
  readonly #record = new RecordCursor();
  #cfi: CfiCollector;
  #identity: SymbolIdentity | null = null;
  #badLines = 0;

  constructor(options: ConversionOptions) {
    this.#builder = new FormBuilder(
      options.maxFormBytes ?? DEFAULT_FORM_BYTES,
      options.demangle ?? ((name: string): string => name),
    );
    this.#functions = new FunctionCollector(this.#builder);
    this.#win = new WinCollector(this.#builder);
    this.#cfi = new CfiCollector(this.#builder, null);
  }

  add(bytes: Buffer, from: number, to: number): void {
    this.#record.begin(bytes, from, to);
    if (this.#identity === null) this.#begin(this.#record);
    else if (!this.#addRecord(this.#record)) this.#badLines++;
  }

  finish(longLines: number): ConvertedSymbols {
    if (this.#identity === null) throw new SymbolsError('symbols.no-module');
    this.#functions.closeFunction();
    this.#cfi.closeRange();
    this.#win.finish();
    const dropped = {
      badLines: this.#badLines,
      longLines,
      outOfRange: this.#functions.outOfRange,
      unwindRules: this.#cfi.droppedRules + this.#win.droppedRules,
    };
    return { identity: this.#identity, form: this.#builder.finish(this.#identity), dropped };
  }

  #begin(record: RecordCursor): void {
    if (!record.keyword('MODULE')) throw new SymbolsError('symbols.no-module');
    const [os, cpuName, debugId, debugFile] = [record.word(), record.word(), record.word(), record.rest()];
    if (os === null || cpuName === null || debugId === null || !/^[0-9A-Fa-f]{1,64}$/.test(debugId))
      throw new SymbolsError('symbols.no-module');
    const cpu = CPUS[cpuName] ?? 'unknown';
    this.#identity = { os, cpu, debugId: debugId.toUpperCase(), debugFile, codeId: null };
    this.#cfi = new CfiCollector(this.#builder, registerFileOf(cpu));
  }

  #addRecord(record: RecordCursor): boolean {
    if (record.next === LETTER_S && record.keyword('STACK')) return this.#addStack(record);
    this.#cfi.closeRange();
    if (record.next === LETTER_I) {
      if (record.keyword('INLINE')) return this.#functions.addInline(record);
      if (record.keyword('INLINE_ORIGIN')) return this.#functions.addOrigin(record);
      return record.keyword('INFO') && this.#addInfo(record);
    }
    if (record.keyword('FUNC')) return this.#functions.addFunction(record);
    if (record.keyword('PUBLIC')) return this.#functions.addPublic(record);
    if (record.keyword('FILE')) return this.#functions.addFile(record);
    return this.#functions.addLine(record);
  }

  #addStack(record: RecordCursor): boolean {
    this.#functions.closeFunction();
    if (record.keyword('CFI')) return this.#cfi.add(record);
    this.#cfi.closeRange();
    return record.keyword('WIN') && this.#win.add(record);
  }

  #addInfo(record: RecordCursor): boolean {
    if (this.#identity !== null && record.keyword('CODE_ID')) {
      const codeId = record.word();
      if (codeId !== null && /^[0-9A-Za-z]{1,128}$/.test(codeId)) this.#identity = { ...this.#identity, codeId };
    }
    return true;
  }
}
