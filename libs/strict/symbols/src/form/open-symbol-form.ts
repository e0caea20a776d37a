import type { ByteSource } from '@crashkeep/snapshot';
import type { FrameNames, InlineNames } from '../frame-names.js';
import type { FunctionSpan, SymbolForm, SymbolIdentity } from '../symbol-form.js';
import { SymbolsError } from '../symbols-error.js';
import type { CfiRule, UnwindEntry, WinRule } from '../unwind-rule.js';
import { BlockTable } from './block-table.js';
import { ByteReader } from './byte-reader.js';
import { CodeRanges } from './code-ranges.js';
import { type FormHeader, readHeader, type Section } from './form-header.js';
import { type DecodedLines, decodeInlines, decodeLines, findInlines, findLine, type InlineRow } from './place-codec.js';
import { decodeRule, RULE_BYTES_MAX } from './rule-codec.js';
import { StringTable } from './string-table.js';

/** Rules that a form keeps decoded; a library of 10 MB has some thousands in all. */
const KEPT_RULES = 16_384;
/** Bytes of lines or inlines that one function may have. */
const PLACE_BYTES_MAX = 16 * 1024 * 1024;
/** Bytes of lines and inlines, as they lie in the form, that are kept decoded. */
const KEPT_PLACE_BYTES = 512 * 1024;

/** Reads the header now and everything else when it is asked for. Throws `SymbolsError`, and what the source throws. */
export function openSymbolForm(source: ByteSource): SymbolForm {
  return new FormReader(source, readHeader(source));
}

/** Bytes from the form's beginning that unwinding needs: what a child that parses dumps may be given. No name is among them. */
export function walkBytesOf(source: ByteSource): number {
  return readHeader(source).walkBytes;
}

interface FunctionPlaces {
  readonly lines: DecodedLines;
  readonly inlines: readonly InlineRow[];
}

class FormReader implements SymbolForm {
  readonly identity: SymbolIdentity;
  readonly hasUnwind: boolean;
  readonly hasFunctions: boolean;
  readonly hasCode: boolean;
  readonly #source: ByteSource;
  readonly #header: FormHeader;
  readonly #spans: BlockTable;
  readonly #cfi: BlockTable;
  readonly #win: BlockTable;
  readonly #descriptions: BlockTable;
  readonly #strings: StringTable;
  readonly #code: CodeRanges;
  readonly #rules = new Map<number, CfiRule | WinRule>();
  readonly #places = new Map<number, FunctionPlaces>();
  #keptPlaceBytes = 0;

  constructor(source: ByteSource, header: FormHeader) {
    const { sections } = header;
    this.identity = header.identity;
    this.#source = source;
    this.#header = header;
    this.#spans = new BlockTable(source, sections.spanIndex, sections.spans, 3);
    this.#cfi = new BlockTable(source, sections.cfiIndex, sections.cfiRows, 1);
    this.#win = new BlockTable(source, sections.winIndex, sections.winRows, 1);
    this.#descriptions = new BlockTable(source, sections.descriptionIndex, sections.descriptions, 8);
    this.#strings = new StringTable(source, sections.strings);
    this.#code = new CodeRanges(source, sections.codeRanges, sections.code);
    this.hasCode = !this.#code.isEmpty;
    this.hasFunctions = !this.#spans.isEmpty;
    this.hasUnwind = !this.#cfi.isEmpty || !this.#win.isEmpty;
  }

  functionAt(offset: number): FunctionSpan | null {
    const spans = this.#spans;
    if (!spans.seek(offset) || offset >= spans.start + spans.column(0)) return null;
    const about = spans.column(2);
    return {
      start: spans.start - spans.column(1),
      parameterBytes: Math.floor(about / 2),
      named: about % 2 === 1,
    };
  }

  unwindAt(offset: number): UnwindEntry | null {
    const win = this.#ruleAt(this.#win, offset);
    const cfi = this.#ruleAt(this.#cfi, offset);
    const atEntry = cfi !== null && this.#cfi.start === offset && this.#cfi.column(0) % 2 === 1;
    if (cfi !== null && cfi.kind !== 'cfi') throw new SymbolsError('symbols.damaged-form');
    if (win?.kind === 'cfi') throw new SymbolsError('symbols.damaged-form');
    return win === null && cfi === null ? null : { win, cfi, atEntry };
  }

  codeAt(offset: number, length: number): Uint8Array | null {
    return this.#code.at(offset, length);
  }

  describe(offset: number): FrameNames | null {
    if (this.#header.totalBytes > this.#source.size) throw new SymbolsError('symbols.damaged-form');
    const found = this.#descriptions;
    if (!found.seek(offset) || offset >= found.start + found.column(0)) return null;
    const base = found.start - found.column(1);
    const [raw, demangled, lineAt, lineBytes] = [found.column(2), found.column(3), found.column(4), found.column(5)];
    const [inlineAt, inlineBytes] = [found.column(6), found.column(7)];
    const places = this.#placesOf(base, lineAt, lineBytes, inlineAt, inlineBytes);
    const line = findLine(places.lines, offset);
    const calls = findInlines(places.inlines, offset);
    const place = calls[0] === undefined ? line : { line: calls[0].callLine, file: calls[0].callFile };
    const file = place === null ? null : this.#file(place.file);
    return {
      ...this.#name(raw, demangled),
      functionOffset: offset - base,
      file,
      line: file === null ? null : (place?.line ?? null),
      inlines: this.#inlineNames(calls, line),
    };
  }

  /** Kept by the function: hot ones stand in many frames, and a hostile one has as many lines as it may. */
  #placesOf(base: number, lineAt: number, lineBytes: number, inlineAt: number, inlineBytes: number): FunctionPlaces {
    const known = this.#places.get(base);
    if (known !== undefined) return known;
    const { lines, inlines } = this.#header.sections;
    const places = {
      lines: decodeLines(this.#bytes(lines, lineAt, lineBytes), base),
      inlines: decodeInlines(this.#bytes(inlines, inlineAt, inlineBytes), base),
    };
    this.#keptPlaceBytes += lineBytes + inlineBytes;
    if (this.#keptPlaceBytes > KEPT_PLACE_BYTES) {
      this.#places.clear();
      this.#keptPlaceBytes = lineBytes + inlineBytes;
    }
    this.#places.set(base, places);
    return places;
  }

  /** The records tell each inlined function with the place it was called from; a frame wants it with the place inside it. */
  #inlineNames(calls: readonly InlineRow[], innermost: { line: number; file: number } | null): InlineNames[] {
    const inlines = calls.flatMap((call, depth) => {
      const deeper = calls[depth + 1];
      const place = deeper === undefined ? innermost : { line: deeper.callLine, file: deeper.callFile };
      const line = deeper === undefined && place?.line === 0 ? null : (place?.line ?? null);
      const names = this.#origin(call.origin);
      return names.function === null ? [] : [{ ...names, file: place === null ? null : this.#file(place.file), line }];
    });
    return inlines.reverse();
  }

  #name(raw: number, demangled: number): { function: string | null; mangled: string | null } {
    if (demangled === 0) return { function: this.#strings.at(raw), mangled: null };
    return { function: this.#strings.at(demangled), mangled: this.#strings.at(raw) };
  }

  #file(file: number): string | null {
    const entry = this.#entry(this.#header.sections.files, file, 1);
    return entry === null ? null : this.#strings.at(entry.u32());
  }

  #origin(origin: number): { function: string | null; mangled: string | null } {
    const entry = this.#entry(this.#header.sections.origins, origin, 2);
    return entry === null ? { function: null, mangled: null } : this.#name(entry.u32(), entry.u32());
  }

  #entry(section: Section, row: number, words: number): ByteReader | null {
    const at = row * words * 4;
    if (at + words * 4 > section.length) return null;
    return new ByteReader(this.#source.read(section.offset + at, words * 4));
  }

  #bytes(section: Section, at: number, length: number): Uint8Array {
    if (length > PLACE_BYTES_MAX || at + length > section.length) throw new SymbolsError('symbols.damaged-form');
    return this.#source.read(section.offset + at, length);
  }

  #ruleAt(table: BlockTable, offset: number): CfiRule | WinRule | null {
    if (!table.seek(offset)) return null;
    const reference = Math.floor(table.column(0) / 2);
    if (reference === 0) return null;
    const known = this.#rules.get(reference);
    if (known !== undefined) return known;
    const { rules } = this.#header.sections;
    const at = reference - 1;
    if (at >= rules.length) throw new SymbolsError('symbols.damaged-form');
    const rule = decodeRule(this.#source.read(rules.offset + at, Math.min(RULE_BYTES_MAX, rules.length - at)));
    if (this.#rules.size >= KEPT_RULES) this.#rules.clear();
    this.#rules.set(reference, rule);
    return rule;
  }
}
