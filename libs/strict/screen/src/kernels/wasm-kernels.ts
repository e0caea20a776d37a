import { readFileSync } from 'node:fs';
import type { Kernels } from './kernels.js';

/** What `npm run build` makes of assembly/kernels.ts; the same from src and from dist. It is code: no byte of a dump comes from a file. */
const MODULE_FILE = new URL('../../build/kernels.wasm', import.meta.url);

/** Compiled once a process; null where it was not built, or where the machine has no SIMD. */
let compiled: WebAssembly.Module | null | undefined;

function compiledModule(): WebAssembly.Module | null {
  if (compiled !== undefined) return compiled;
  try {
    compiled = new WebAssembly.Module(readFileSync(MODULE_FILE));
  } catch {
    compiled = null;
  }
  return compiled;
}

/** The kernels over `memory`, or null where only the plain ones can run. */
export function wasmKernels(
  memory: WebAssembly.Memory,
  module: WebAssembly.Module | null = compiledModule(),
): Kernels | null {
  if (module === null) return null;
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return exports as Kernels;
}
