import { styleText } from 'node:util';
import type { NamedFrame, NamedThread, NamedWalk } from '@crashkeep/walk';

type Style = Parameters<typeof styleText>[0];

const TRUST_STYLES: Readonly<Record<NamedFrame['t'], Style>> = {
  context: 'green',
  cfi: 'green',
  prewalked: 'green',
  frame_pointer: 'yellow',
  cfi_scan: 'red',
  scan: 'red',
  none: 'red',
};

/** Writes a walk for a person to read. */
export class TraceText {
  readonly #colour: boolean;

  constructor(colour: boolean) {
    this.#colour = colour;
  }

  walk(walk: NamedWalk, path: string): string {
    const crashing = walk.crashingThread;
    const order = walk.threads.map((_, i) => i).sort((a, b) => Number(b === crashing) - Number(a === crashing));
    return [
      this.#paint('bold', printable(path)),
      `  ${this.#paint('red', printable(walk.crashReason ?? 'no crash reason'))}${addressText(walk)}`,
      ...this.#why(walk),
      `  ${systemText(walk)}`,
      ...(walk.problems.length === 0 ? [] : [this.#paint('yellow', `  damaged: ${walk.problems.join(', ')}`)]),
      ...order.flatMap((i) => this.#thread(walk, walk.threads[i], i)),
      '',
    ].join('\n');
  }

  failure(path: string, code: string): string {
    return `${this.#paint('bold', printable(path))}\n  ${this.#paint('red', `not walked: ${code}`)}\n`;
  }

  /** Why it probably crashed: the cause, and the instruction with what its registers held. */
  #why({ cause, instruction, registers }: NamedWalk): string[] {
    const held = new Map<string, string>(registers);
    const named = (instruction?.registers ?? []).map((name) => `${name}: ${held.get(name) ?? '?'}`).join(', ');
    return [
      ...(cause === null ? [] : [`  ${this.#paint('bold', cause.cause)} (${cause.sure})`]),
      ...(instruction === null ? [] : [`  ${printable(instruction.text)}  ${this.#paint('dim', named)}`.trimEnd()]),
    ];
  }

  #thread(walk: NamedWalk, thread: NamedThread | undefined, index: number): string[] {
    if (thread === undefined) return [];
    const crashed = index === walk.crashingThread ? this.#paint('red', ' crashed') : '';
    const name = thread.name === null ? '' : ` ${printable(thread.name)}`;
    const heading = `\n  ${this.#paint('bold', `Thread ${String(index)}`)}${name} (${String(thread.id)})${crashed}`;
    const frames = thread.frames.flatMap((frame, i) => this.#frame(walk, frame, i));
    return [heading, ...frames, ...(thread.truncated ? [this.#paint('yellow', '       … cut off here')] : [])];
  }

  #frame(walk: NamedWalk, frame: NamedFrame, index: number): string[] {
    const number = String(index).padStart(4);
    const trust = this.#paint(TRUST_STYLES[frame.t], frame.t);
    const inlined = (frame.names?.inlines ?? []).map(
      ({ function: name, file, line }) =>
        `${number}   ${printable(name ?? '?')}${placeText(file, line)}  ${this.#paint('dim', 'inlined')}`,
    );
    const { file = null, line = null } = frame.names ?? {};
    return [...inlined, `${number}   ${frameText(walk, frame)}${placeText(file, line)}  ${trust}`];
  }

  #paint(style: Style, text: string): string {
    return this.#colour ? styleText(style, text) : text;
  }
}

function frameText(walk: NamedWalk, { m, o, a, u, names }: NamedFrame): string {
  const unloaded = u?.map(([i]) => walk.unloadedModules[i]?.name ?? '?').join(', ');
  if (m === null) return `${a ?? '?'}${unloaded === undefined ? '' : ` (unloaded: ${printable(unloaded)})`}`;
  const module = printable(walk.modules[m]?.name ?? '?');
  if (names?.function == null) return `${module} + 0x${(o ?? 0).toString(16)}`;
  return `${module}!${printable(names.function)} + 0x${(names.functionOffset ?? 0).toString(16)}`;
}

function placeText(file: string | null, line: number | null): string {
  if (file === null) return '';
  return ` [${printable(file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1))}${line === null ? '' : `:${String(line)}`}]`;
}

function addressText({ crashAddress }: NamedWalk): string {
  if (crashAddress === null) return '';
  const offset = crashAddress.offset === null ? '' : `+0x${crashAddress.offset.toString(16)}`;
  return ` at ${crashAddress.value ?? ''} (${crashAddress.class}${offset})`;
}

function systemText({ os, osVersion, cpu, processId, uptime }: NamedWalk): string {
  const parts = [
    `${os} ${printable(osVersion ?? '')}`.trim(),
    cpu,
    ...(processId === null ? [] : [`pid ${String(processId)}`]),
    ...(uptime === null ? [] : [`up ${String(uptime)} s`]),
  ];
  return parts.join(' · ');
}

/** What a dump or a symbol file spells may hold control and bidirectional characters: a terminal must not obey them. */
function printable(text: string): string {
  return text.replace(/\p{C}/gu, '?');
}
