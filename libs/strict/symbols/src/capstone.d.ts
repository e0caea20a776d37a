/** The part of Capstone's JavaScript that the disassembler needs: the package brings no types. */
declare module '@alexaltea/capstone-js' {
  interface Engine {
    /** Throws a string for what is no instruction. */
    disasm(
      bytes: readonly number[],
      offset: number,
      count: number,
    ): readonly { readonly mnemonic: string; readonly op_str: string; readonly size: number }[];
  }
  interface Capstone {
    readonly ARCH_X86: number;
    readonly ARCH_ARM: number;
    readonly ARCH_ARM64: number;
    readonly MODE_32: number;
    readonly MODE_64: number;
    readonly MODE_ARM: number;
    readonly MODE_THUMB: number;
    readonly Capstone: new (architecture: number, mode: number) => Engine;
  }
  const start: () => Promise<Capstone>;
  export default start;
  export type { Capstone, Engine };
}
