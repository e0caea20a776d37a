import type { ByteSource } from '@crashkeep/snapshot';
import type { ConversionOptions, ConvertedSymbols } from '../conversion.js';
import { FormBuilder } from '../form/form-builder.js';
import { DEFAULT_FORM_BYTES } from '../conversion.js';
import type { SymbolIdentity } from '../symbol-form.js';
import { SymbolsError } from '../symbols-error.js';
import { addExceptionDirectory } from './pdata-rules.js';
import { PeImage } from './pe-image.js';
import { addExports, codeViewOf } from './pe-names.js';

/**
 * Converts a PE image (.exe, .dll): the unwind data of x64, exported names. The debug id is empty where the image has none; then
 * its code id and name are what a dump knows it by. Throws `symbols.not-an-image`, `symbols.damaged-image`, `symbols.too-large`.
 */
export function convertPeSymbols(source: ByteSource, options: ConversionOptions = {}): ConvertedSymbols {
  const image = new PeImage(source);
  const builder = new FormBuilder(
    options.maxFormBytes ?? DEFAULT_FORM_BYTES,
    options.demangle ?? ((name: string): string => name),
  );
  const { dropped } = addExceptionDirectory(image, builder);
  passingOver(() => {
    addExports(image, builder);
  });
  passingOver(() => {
    for (const { address, bytes } of image.code()) builder.addCode(address, bytes);
  });
  const identity = identifyPe(image);
  return {
    identity,
    form: builder.finish(identity),
    dropped: { badLines: 0, longLines: 0, outOfRange: 0, unwindRules: dropped },
  };
}

/** By the PDB that it was linked with; debug id and file are empty without one. */
export function identifyPe(image: PeImage): SymbolIdentity {
  const codeView = passingOver(() => codeViewOf(image));
  return {
    ...{ os: 'windows', cpu: image.cpu, codeId: image.codeId },
    debugId: codeView?.debugId ?? '',
    debugFile: codeView?.debugFile.split(/[/\\]/).at(-1) ?? '',
  };
}

/** A damaged table costs what it held, not the image. */
function passingOver<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof SymbolsError && error.code === 'symbols.damaged-image') return null;
    throw error;
  }
}
