import { BufferSource, type Module } from '@crashkeep/snapshot';
import { convertSymbolFile, openSymbolForm, type SymbolForm } from '@crashkeep/symbols';
import { sampleSymbols } from '@crashkeep/synth';

/** Finds the sample's symbols by name alone: an input that damages the id is walked with them all the same. */
export async function sampleForms(): Promise<(module: Module) => SymbolForm | null> {
  const forms = new Map<string, SymbolForm>();
  for (const { debugFile, text } of sampleSymbols()) {
    const { form } = await convertSymbolFile(new BufferSource(Buffer.from(text)));
    forms.set(debugFile, openSymbolForm(new BufferSource(Buffer.concat(form))));
  }
  return ({ codeFile }) => forms.get(codeFile.split('/').at(-1) ?? '') ?? null;
}
