import { contextBytes, type SynthCpu } from '../context-bytes.js';
import type { DumpLayout } from '../dump-layout.js';
import type { SynthException } from '../synth-parts.js';
import type { PlacedThread } from './threads.js';

const PARAMETER_SLOTS = 15;

export function writeException(
  layout: DumpLayout,
  cpu: SynthCpu,
  exception: SynthException,
  threads: readonly PlacedThread[],
): void {
  const { threadId, code, flags = 0, address, parameters = [], registers } = exception;
  const own = threads.find(({ id }) => id === threadId)?.context ?? { rva: 0, size: 0 };
  const context = registers === undefined ? own : layout.blob(contextBytes(cpu, registers, layout.littleEndian));
  layout.stream(6, (out) => {
    out.u32(threadId, 0, code, flags).u64(0n, address).u32(parameters.length, 0);
    for (let i = 0; i < PARAMETER_SLOTS; i++) out.u64(parameters[i] ?? 0n);
    out.u32(context.size, context.rva);
  });
}
