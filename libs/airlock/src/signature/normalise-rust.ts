import { dropReturnType } from './drop-return-type.js';
import { collapseArguments, collapseTemplates } from './normalise-cpp.js';

/** `alloc::vec::Vec<T>::push::h0123456789abcdef` -> `alloc::vec::Vec<T>::push`; crate disambiguators (of v0 names too, where
 * nobody demangled them) and closure numbers go as well. */
export function normaliseRust(name: string): string {
  const bare = dropReturnType(name.trim())
    .replace(/::h[0-9a-f]{5,16}$/, '')
    .replace(/\[[0-9a-f]{5,16}\]/g, '')
    .replace(/Cs[0-9A-Za-z]+_(?=\d)/g, name.startsWith('_R') ? 'C' : '$&')
    .replace(
      /\{(closure|impl|shim|vtable\.shim)#\d+\}|\{\{(closure|impl)\}\}/g,
      (_, a?: string, b?: string) => `{${a ?? b ?? ''}}`,
    );
  return collapseArguments(collapseTemplates(bare))
    .replace(/ +(?=[*&,])/g, '')
    .replace(/, */g, ', ')
    .trim();
}
