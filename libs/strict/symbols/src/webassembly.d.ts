/** The part of WebAssembly that the demangler needs: neither the es2023 library nor Node's types declare it. */
declare namespace WebAssembly {
  interface Module {
    readonly __brand: 'WebAssembly.Module';
  }
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
  interface Instance {
    readonly exports: unknown;
  }
  const Instance: new (module: Module, imports: Record<string, Record<string, () => void>>) => Instance;
  function compile(bytes: Uint8Array): Promise<Module>;
}
