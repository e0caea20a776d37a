import { type LenientReport, REGISTERS_MAX } from '@crashkeep/report';
import type { NamedWalk } from '@crashkeep/walk';
import { instructionText, registerName } from './screen/instruction-text.js';
import type { Screen } from './screen/screen.js';

/** The instruction's text, which is the uploaded image's, and the classes of the registers that it names: of no other register. */
export function discloseInstruction(
  { instruction, registers }: NamedWalk,
  screen: Screen,
): LenientReport['instruction'] {
  const text = screen.text(instruction?.text ?? null, instructionText);
  if (instruction === null || text === null) return null;
  const held = new Map<string, (typeof registers)[number][1]>(registers);
  const shown = instruction.registers.slice(0, REGISTERS_MAX).flatMap((register) => {
    const name = registerName(register);
    const kind = held.get(register);
    return name === null || kind === undefined ? [] : [{ name, class: kind }];
  });
  return { text, registers: shown };
}
