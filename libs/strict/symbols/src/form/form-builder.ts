import type { SymbolIdentity } from '../symbol-form.js';
import type { CfiRule, WinRule } from '../unwind-rule.js';
import { BlockTableWriter } from './block-table.js';
import { ByteBudget, ByteWriter } from './byte-writer.js';
import { CodeWriter } from './code-ranges.js';
import { encodeHeader, SECTIONS, type SectionName } from './form-header.js';
import { FunctionTable, type NewFunction, type NewPublic } from './function-table.js';
import type { NameReference } from './name-reference.js';
import { encodeRule, RULE_BYTES_MAX } from './rule-codec.js';
import { RowTable, type UnwindRow } from './row-table.js';
import { StringTableWriter } from './string-table.js';
import { U32Column } from './u32-column.js';

/** What becomes a symbol form, whatever it was read from. Everything may come in any order. */
export class FormBuilder {
  readonly #budget: ByteBudget;
  readonly #strings: StringTableWriter;
  readonly #rules: ByteWriter;
  readonly #ruleReferences = new Map<string, number>();
  readonly #demangle: (name: string) => string;
  readonly #functions: FunctionTable;
  readonly #files: U32Column;
  readonly #origins: U32Column;
  readonly #code: CodeWriter;
  readonly cfi: RowTable;
  readonly win: RowTable;

  constructor(maxBytes: number, demangle: (name: string) => string) {
    this.#budget = new ByteBudget(maxBytes);
    this.#demangle = demangle;
    this.#strings = new StringTableWriter(this.#budget);
    this.#rules = new ByteWriter(this.#budget);
    this.#files = new U32Column(this.#budget);
    this.#origins = new U32Column(this.#budget);
    this.#functions = new FunctionTable(this.#budget);
    this.#code = new CodeWriter(this.#budget);
    this.cfi = new RowTable(this.#budget);
    this.win = new RowTable(this.#budget);
  }

  /** Counts memory that the caller holds until the end. Throws `symbols.too-large`. */
  reserve(bytes: number): void {
    this.#budget.take(bytes);
  }

  /** The places of `name` and, where it is another text, its demangled form. */
  name(name: string): NameReference {
    if (name === '') return { raw: 0, demangled: 0 };
    const demangled = this.#demangle(name);
    return { raw: this.#strings.add(name), demangled: demangled === name ? 0 : this.#strings.add(demangled) };
  }

  /** `file` is a small number of the caller's own; the last text wins. */
  setFile(file: number, path: string): void {
    while (this.#files.length <= file) this.#files.push(0);
    this.#files.set(file, this.#strings.add(path));
  }

  /** `origin` is a small number of the caller's own; the last name wins. */
  setOrigin(origin: number, name: string): void {
    while (this.#origins.length <= origin * 2 + 1) this.#origins.push(0);
    const { raw, demangled } = this.name(name);
    this.#origins.set(origin * 2, raw);
    this.#origins.set(origin * 2 + 1, demangled);
  }

  /** Machine code as the image has it, from `offset` in the module on. Of what overlaps the first one added is kept. */
  addCode(offset: number, bytes: Uint8Array): void {
    this.#code.add(offset, bytes);
  }

  addFunction(func: NewFunction): void {
    this.#functions.addFunction(func);
  }

  addPublic(symbol: NewPublic): void {
    this.#functions.addPublic(symbol);
  }

  /** A reference that rows use; equal rules share one. 0, "no rule", for one that is too long to be true. */
  rule(rule: CfiRule | WinRule): number {
    const bytes = encodeRule(rule);
    if (bytes.length > RULE_BYTES_MAX) return 0;
    const key = Buffer.from(bytes).toString('latin1');
    const known = this.#ruleReferences.get(key);
    if (known !== undefined) return known;
    this.#budget.take(key.length + 64);
    const reference = this.#rules.length + 1;
    this.#rules.bytes(bytes);
    this.#ruleReferences.set(key, reference);
    return reference;
  }

  /** The form, in pieces that follow each other. */
  finish(identity: SymbolIdentity): Uint8Array[] {
    const { spans, descriptions } = this.#functions.finish(this.#budget);
    const cfi = writeRows(this.#budget, this.cfi);
    const win = writeRows(this.#budget, this.win);
    const sections: Record<SectionName, ByteWriter> = {
      ...{ spanIndex: spans.index, spans: spans.rows, cfiIndex: cfi.index, cfiRows: cfi.rows },
      ...{ winIndex: win.index, winRows: win.rows, rules: this.#rules },
      ...this.#code.finish(),
      ...{ descriptionIndex: descriptions.index, descriptions: descriptions.rows },
      ...{ lines: this.#functions.lines, inlines: this.#functions.inlines },
      ...{ files: column(this.#budget, this.#files), origins: column(this.#budget, this.#origins) },
      strings: this.#strings.bytes,
    };
    const inOrder = SECTIONS.map((name) => sections[name]);
    const header = encodeHeader(
      identity,
      inOrder.map((section) => section.length),
    );
    return [header, ...inOrder.flatMap((section) => section.chunks())].filter((chunk) => chunk.length > 0);
  }
}

function writeRows(budget: ByteBudget, table: RowTable): BlockTableWriter {
  const writer = new BlockTableWriter(budget);
  table.forEachRow(({ address, rule, atEntry }: UnwindRow) => {
    writer.add(address, [rule * 2 + (atEntry ? 1 : 0)]);
  });
  return writer;
}

function column(budget: ByteBudget, values: U32Column): ByteWriter {
  const writer = new ByteWriter(budget);
  for (let i = 0; i < values.length; i++) writer.u32(values.at(i));
  return writer;
}
