import { type Grammar, grammar } from './grammar.js';

/**
 * Letters of the scripts that lie below U+0500, so that a damaged dump whose name points into memory gives nothing: ASCII read as
 * UTF-16 turns into letters far above.
 */
const LEAF = grammar(/^[A-Za-z0-9\u00c0-\u04ff._+\-@()[\]~ ,&]+$/u, 128);

/** An address in a name: gdb and elfutils write `[vdso](0x00007ffff7fc8000)`. */
const ADDRESS = /0x[0-9a-f]{5}/i;

/** `/usr/…`, `C:\\…`, `\\Device\\…`, `./…`, `@rpath/…`. */
const PATH = /^(?:[\\/]|[A-Za-z]:[\\/]|\.{1,2}[\\/]|@[a-z_]{1,20}\/)/;

/**
 * The last part of a module's path; paths tell user names and more. A slash in what is no path is not a separator: half of a base64
 * token would come through as a short name.
 */
export const leafName: Grammar = (text) => {
  if (/[\\/]/.test(text) && !PATH.test(text)) return null;
  const leaf = text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
  return ADDRESS.test(leaf) ? null : LEAF(leaf);
};
