import type { ByteSource, Cpu } from '@crashkeep/snapshot';
import type { SymbolIdentity } from '../symbol-form.js';
import { SymbolsError } from '../symbols-error.js';
import { ByteReader } from './byte-reader.js';
import { ByteBudget, ByteWriter } from './byte-writer.js';

const MAGIC = 'CKSYMBOL';
/** Forms of version 1 have no `codeRanges` and no `code`. */
const VERSION = 2;
const VERSION_WITHOUT_CODE = 1;
/** A header fits in one read. */
const HEADER_BYTES_MAX = 4096;
const FIXED_BYTES = 24;
const IDENTITY_TEXT_MAX = 512;

/** In file order. All up to `code` is the walker's part; what follows holds names and is never given to the parser's child. */
export const SECTIONS = [
  'spanIndex',
  'spans',
  'cfiIndex',
  'cfiRows',
  'winIndex',
  'winRows',
  'rules',
  'codeRanges',
  'code',
  'descriptionIndex',
  'descriptions',
  'lines',
  'inlines',
  'files',
  'origins',
  'strings',
] as const;
export type SectionName = (typeof SECTIONS)[number];
const WALK_SECTIONS = SECTIONS.indexOf('code') + 1;

/** Sections as each version has them. */
function sectionsOf(version: number): readonly SectionName[] {
  if (version === VERSION) return SECTIONS;
  if (version !== VERSION_WITHOUT_CODE) throw new SymbolsError('symbols.unknown-version');
  return SECTIONS.filter((name) => name !== 'codeRanges' && name !== 'code');
}

export interface Section {
  readonly offset: number;
  readonly length: number;
}

export interface FormHeader {
  readonly identity: SymbolIdentity;
  readonly sections: Readonly<Record<SectionName, Section>>;
  /** Bytes from the form's beginning that a walk may read. */
  readonly walkBytes: number;
  readonly totalBytes: number;
}

const CPUS: readonly Cpu[] = [
  'amd64',
  'x86',
  'arm64',
  'arm',
  'mips',
  'mips64',
  'ppc',
  'ppc64',
  'sparc',
  'riscv',
  'riscv64',
  'unknown',
];

export function encodeHeader(identity: SymbolIdentity, lengths: readonly number[]): Uint8Array {
  const about = new ByteWriter(new ByteBudget(HEADER_BYTES_MAX));
  about.byte(CPUS.indexOf(identity.cpu));
  for (const text of [identity.os, identity.debugId, identity.debugFile, identity.codeId ?? '']) {
    const bytes = Buffer.from(text).subarray(0, IDENTITY_TEXT_MAX);
    about.varint(bytes.length);
    about.bytes(bytes);
  }
  const headerBytes = FIXED_BYTES + SECTIONS.length * 4 + about.length;
  const walkBytes = headerBytes + lengths.slice(0, WALK_SECTIONS).reduce((sum, length) => sum + length, 0);
  const header = new ByteWriter(new ByteBudget(HEADER_BYTES_MAX));
  header.bytes(Buffer.from(MAGIC, 'latin1'));
  for (const number of [VERSION, headerBytes, walkBytes, SECTIONS.length, ...lengths]) header.u32(number);
  for (const chunk of about.chunks()) header.bytes(chunk);
  return Buffer.concat(header.chunks());
}

export function readHeader(source: ByteSource): FormHeader {
  const bytes = source.read(0, Math.min(source.size, HEADER_BYTES_MAX));
  if (bytes.length < FIXED_BYTES || Buffer.from(bytes.subarray(0, MAGIC.length)).toString('latin1') !== MAGIC)
    throw new SymbolsError('symbols.not-a-form');
  const reader = new ByteReader(bytes.subarray(MAGIC.length));
  const listed = sectionsOf(reader.u32());
  const headerBytes = reader.u32();
  const walkBytes = reader.u32();
  if (reader.u32() !== listed.length) throw new SymbolsError('symbols.damaged-form');
  let offset = headerBytes;
  const entries = SECTIONS.map((name): [SectionName, Section] => {
    const section = { offset, length: listed.includes(name) ? reader.u32() : 0 };
    offset += section.length;
    return [name, section];
  });
  // A process that parses dumps is given the walker's part alone.
  const isWhole = walkBytes === (entries[WALK_SECTIONS]?.[1].offset ?? 0) && walkBytes <= source.size;
  if (!isWhole) throw new SymbolsError('symbols.damaged-form');
  const sections = Object.fromEntries(entries) as FormHeader['sections'];
  return { identity: readIdentity(reader), sections, walkBytes, totalBytes: offset };
}

function readIdentity(reader: ByteReader): SymbolIdentity {
  const cpu = CPUS[reader.byte()];
  if (cpu === undefined) throw new SymbolsError('symbols.damaged-form');
  const text = (): string => {
    const length = reader.varint();
    if (length > IDENTITY_TEXT_MAX) throw new SymbolsError('symbols.damaged-form');
    return Buffer.from(reader.take(length)).toString();
  };
  const [os, debugId, debugFile, codeId] = [text(), text(), text(), text()];
  return { os, cpu, debugId, debugFile, codeId: codeId === '' ? null : codeId };
}
