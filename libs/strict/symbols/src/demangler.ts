import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { SymbolsError } from './symbols-error.js';

const MANGLED = /^(_{1,4}Z|_{1,2}R|\?)/;
const LENGTH_MAX = 8192;
/**
 * A name may refer to its own parts, and so double with every few letters: 234 make 27 MB. After a few that unfold beyond
 * these bounds the file is hostile, and its names stay as they are.
 */
const DEMANGLED_MAX = 64 * 1024;
const MEMORY_MAX = 64 * 1024 * 1024;
const UNFOLDED_MAX = 3;

/** What gecko-profiler-demangle exports: wasm-bindgen's conventions. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly demangle_any: (at: number, length: number) => [at: number, length: number];
  readonly __wbindgen_malloc: (bytes: number, align: number) => number;
  readonly __wbindgen_free: (at: number, bytes: number, align: number) => void;
}

let loading: Promise<WebAssembly.Module> | null = null;

/**
 * A demangler for the names of one symbol file: C++ (Itanium, MSVC) and Rust (v0, legacy). Others, and what does not demangle,
 * come back as they are. Loads WebAssembly from this package's dependency: call it before the process gives up its file system.
 */
export async function loadDemangler(): Promise<(name: string) => string> {
  loading ??= compile();
  const module = await loading;
  let exports = instantiate(module);
  let unfolded = 0;
  return (name) => {
    if (unfolded > UNFOLDED_MAX || name.length > LENGTH_MAX || !MANGLED.test(name)) return name;
    try {
      const demangled = call(exports, name);
      const isTooLarge = demangled.length > DEMANGLED_MAX || exports.memory.buffer.byteLength > MEMORY_MAX;
      if (!isTooLarge) return isDemangled(demangled, name) ? demangled : name;
    } catch {
      // It panicked, and its memory may be in any state.
    }
    unfolded++;
    exports = instantiate(module);
    return name;
  };
}

/** The library takes leading underscores off what it does not know. */
function isDemangled(demangled: string, name: string): boolean {
  return demangled !== '' && !name.endsWith(demangled);
}

async function compile(): Promise<WebAssembly.Module> {
  try {
    const place = new URL('index_bg.wasm', import.meta.resolve('gecko-profiler-demangle'));
    return await WebAssembly.compile(Uint8Array.from(await readFile(fileURLToPath(place))));
  } catch {
    throw new SymbolsError('symbols.no-demangler');
  }
}

function instantiate(module: WebAssembly.Module): Exports {
  // The package passes and returns no JavaScript object, so the table of those can stay empty.
  const imports = { './index_bg.js': { __wbindgen_init_externref_table: (): void => undefined } };
  return new WebAssembly.Instance(module, imports).exports as Exports;
}

function call(exports: Exports, name: string): string {
  const bytes = Buffer.from(name);
  const at = exports.__wbindgen_malloc(bytes.length, 1);
  new Uint8Array(exports.memory.buffer).set(bytes, at);
  const [resultAt, length] = exports.demangle_any(at, bytes.length);
  const text = Buffer.from(exports.memory.buffer, resultAt, length).toString();
  exports.__wbindgen_free(resultAt, length, 1);
  return text;
}
