import type { Capstone, Engine } from '@alexaltea/capstone-js';
import type { Cpu } from '@crashkeep/snapshot';
import { registersNamed } from './named-registers.js';
import { SymbolsError } from './symbols-error.js';

/** One machine instruction of an uploaded image, as text. */
export interface Instruction {
  /** Intel's syntax on x86: `mov rax, qword ptr [rdi + 0x18]`. Branches name offsets in the module. Lower case. */
  readonly text: string;
  /** Bytes that it takes. */
  readonly length: number;
  /** Registers that the text names, each once and whole (`eax` is rax on amd64), in the order of the text. */
  readonly registers: readonly string[];
}

export interface CodeAt {
  readonly cpu: Cpu;
  readonly bytes: Uint8Array;
  /** In the module. */
  readonly offset: number;
  /** ARM: the processor was in Thumb state. */
  readonly thumb: boolean;
}

export type Disassemble = (code: CodeAt) => Instruction | null;

/** The longest instruction of any CPU here. */
export const INSTRUCTION_BYTES_MAX = 15;
const TEXT_MAX = 160;

let loading: Promise<Capstone> | null = null;

/** Capstone, compiled to WebAssembly: what hostile code does to it stays in its own memory. Throws `symbols.no-disassembler`. */
export async function loadDisassembler(): Promise<Disassemble> {
  loading ??= load();
  const capstone = await loading;
  const engines = new Map<string, Engine>();
  return ({ cpu, bytes, offset, thumb }) => {
    const mode = modeOf(capstone, cpu, thumb);
    if (mode === null) return null;
    const key = mode.join(' ');
    const engine = engines.get(key) ?? new capstone.Capstone(...mode);
    engines.set(key, engine);
    return disassembleOne(engine, cpu, [...bytes.subarray(0, INSTRUCTION_BYTES_MAX)], offset);
  };
}

function disassembleOne(engine: Engine, cpu: Cpu, bytes: readonly number[], offset: number): Instruction | null {
  if (bytes.length === 0) return null;
  try {
    const found = engine.disasm(bytes, offset, 1)[0];
    if (found === undefined) return null;
    const text = `${found.mnemonic} ${found.op_str}`.trim().toLowerCase();
    if (text.length > TEXT_MAX) return null;
    return { text, length: found.size, registers: registersNamed(cpu, found.op_str.toLowerCase()) };
  } catch {
    // It throws strings for what is no instruction.
    return null;
  }
}

function modeOf(capstone: Capstone, cpu: Cpu, thumb: boolean): [architecture: number, mode: number] | null {
  if (cpu === 'amd64') return [capstone.ARCH_X86, capstone.MODE_64];
  if (cpu === 'x86') return [capstone.ARCH_X86, capstone.MODE_32];
  if (cpu === 'arm64') return [capstone.ARCH_ARM64, capstone.MODE_ARM];
  return cpu === 'arm' ? [capstone.ARCH_ARM, thumb ? capstone.MODE_THUMB : capstone.MODE_ARM] : null;
}

async function load(): Promise<Capstone> {
  try {
    const { default: start } = await import('@alexaltea/capstone-js');
    return await start();
  } catch {
    throw new SymbolsError('symbols.no-disassembler');
  }
}
