import { readMinidump } from '@crashkeep/minidump';
import { BufferSource } from '@crashkeep/snapshot';
import { convertBreakpadSymbols, openSymbolForm, type SymbolForm } from '@crashkeep/symbols';
import type { SynthMinidump } from '@crashkeep/synth';
import { walkThreads, type WalkedThread, type WalkLimits } from './index.js';

/** Records of a .sym file by module leaf name; the MODULE record is added. */
export type DrawnSymbols = Readonly<Record<string, readonly string[]>>;

const SYMBOL_CPU = { amd64: 'x86_64', x86: 'x86', arm64: 'arm64', arm: 'arm' } as const;

/** Walks a dump that a test drew; the reader and the writer of it share no code. */
export async function walkDrawing(
  cpu: keyof typeof SYMBOL_CPU,
  dump: SynthMinidump,
  symbols: DrawnSymbols = {},
  limits: Partial<WalkLimits> = {},
): Promise<WalkedThread[]> {
  const forms = new Map<string, SymbolForm>();
  for (const [module, records] of Object.entries(symbols)) {
    const text = [`MODULE Linux ${SYMBOL_CPU[cpu]} 4E06295628926E0919A86D741F4EE9280 ${module}`, ...records, ''].join(
      '\n',
    );
    const { form } = await convertBreakpadSymbols([Buffer.from(text)]);
    forms.set(module, openSymbolForm(new BufferSource(Buffer.concat(form))));
  }
  const snapshot = readMinidump(new BufferSource(dump.bytes()));
  return walkThreads(snapshot, (module) => forms.get(leafOf(module.codeFile)) ?? null, limits);
}

/** `app+0x120 cfi`, or the address where there is no module. */
export function framesOf(thread: WalkedThread | undefined): string[] {
  return (thread?.frames ?? []).map(({ module, instruction, trust }) => {
    const place = module === null ? hex(instruction) : `${leafOf(module.codeFile)}+${hex(instruction - module.base)}`;
    return `${place} ${trust}`;
  });
}

function hex(value: bigint): string {
  return `0x${value.toString(16)}`;
}

function leafOf(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? '';
}
