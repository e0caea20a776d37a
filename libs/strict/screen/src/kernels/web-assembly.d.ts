/** What of WebAssembly is used here: neither the ECMAScript library nor Node's types declare it, and a browser's do not belong here. */
declare namespace WebAssembly {
  class Memory {
    constructor(limits: { readonly initial: number; readonly maximum: number });
    readonly buffer: ArrayBuffer;
  }
  class Module {
    constructor(code: Uint8Array);
    /** Compiled code, of no other use. */
    readonly code: never;
  }
  class Instance {
    constructor(module: Module, imports: { readonly env: { readonly memory: Memory } });
    readonly exports: object;
  }
}
