import { DumpLayout } from './dump-layout.js';
import { writeAnnotations } from './streams/annotations.js';
import { writeException } from './streams/exception.js';
import { writeMemory, type PlacedMemory } from './streams/memory.js';
import { writeModules } from './streams/modules.js';
import { writeMisc, writeSystem } from './streams/system.js';
import { placeThreads, writeThreadNames, writeThreads } from './streams/threads.js';
import type {
  SynthAnnotations,
  SynthException,
  SynthMemory,
  SynthMisc,
  SynthModule,
  SynthOptions,
  SynthSystem,
  SynthThread,
} from './synth-parts.js';

const SYSTEM: SynthSystem = {
  cpu: 'amd64',
  platform: 'linux',
  version: [6, 1, 0],
  build: '#1 SMP PREEMPT_DYNAMIC x86_64',
  cpuCount: 8,
};

/** Linux's text streams, by Breakpad's numbers. */
const LINUX_STREAMS = {
  cpuinfo: 0x4767_0003,
  status: 0x4767_0004,
  lsbRelease: 0x4767_0005,
  cmdline: 0x4767_0006,
  environ: 0x4767_0007,
  auxv: 0x4767_0008,
  maps: 0x4767_0009,
} as const;

/** Begins a minidump; see SynthMinidump. */
export function synthMinidump(options: SynthOptions = {}): SynthMinidump {
  return new SynthMinidump(options);
}

/**
 * A minidump to be, put together by hand. It shares no code with the reader that it is a test of.
 *
 *     synthMinidump()
 *       .module({ name: 'app', base: 0x40_0000n, size: 0x1000 })
 *       .thread({ id: 1, registers: { rip: 0x40_0120n, rsp: 0x7ffd_0000n }, stack: stackAt(0x7ffd_0000n)`| return -> app+0x140 |` })
 *       .bytes();
 */
export class SynthMinidump {
  readonly #options: SynthOptions;
  readonly #system: SynthSystem;
  readonly #modules: SynthModule[] = [];
  readonly #threads: SynthThread[] = [];
  readonly #memory: SynthMemory[] = [];
  readonly #streams: { readonly type: number; readonly bytes: Uint8Array }[] = [];
  readonly #words: Record<string, bigint> = {};
  #exception: SynthException | null = null;
  #misc: SynthMisc | null = null;
  #annotations: SynthAnnotations | null = null;
  #slack: Uint8Array = new Uint8Array(0);

  constructor(options: SynthOptions) {
    this.#options = options;
    this.#system = { ...SYSTEM, ...options.system };
  }

  module(module: SynthModule): this {
    this.#modules.push(module);
    return this;
  }

  thread(thread: SynthThread): this {
    this.#threads.push(thread);
    return this;
  }

  memory(address: bigint, bytes: Uint8Array): this {
    this.#memory.push({ address, bytes });
    return this;
  }

  exception(exception: SynthException): this {
    this.#exception = exception;
    return this;
  }

  misc(misc: SynthMisc): this {
    this.#misc = misc;
    return this;
  }

  annotations(annotations: SynthAnnotations): this {
    this.#annotations = annotations;
    return this;
  }

  /** A Linux text stream: /proc/PID/maps, status and the like. */
  linux(what: keyof typeof LINUX_STREAMS, text: string): this {
    return this.stream(LINUX_STREAMS[what], new TextEncoder().encode(text));
  }

  /** Any stream, byte for byte. */
  stream(type: number, bytes: Uint8Array): this {
    this.#streams.push({ type, bytes });
    return this;
  }

  /** A word that drawings of stacks may name: a canary, say. */
  word(name: string, value: bigint): this {
    this.#words[name] = value;
    return this;
  }

  /** Bytes between the streams, which nothing points to. */
  slack(bytes: Uint8Array): this {
    this.#slack = bytes;
    return this;
  }

  bytes(): Uint8Array {
    const layout = new DumpLayout(this.#options.littleEndian ?? true, this.#options.crashedAt ?? 1_760_000_000);
    const names = { moduleBase: (name: string) => this.#baseOf(name), words: this.#words };
    writeSystem(layout, this.#system);
    if (this.#misc !== null) writeMisc(layout, this.#misc);
    const threads = placeThreads(layout, this.#system.cpu, this.#threads, names);
    writeThreads(layout, threads);
    writeThreadNames(layout, this.#threads);
    if (this.#exception !== null) writeException(layout, this.#system.cpu, this.#exception, threads);
    writeModules(layout, this.#modules);
    if (this.#annotations !== null) writeAnnotations(layout, this.#annotations);
    for (const { type, bytes } of this.#streams) layout.stream(type, (out) => out.bytes(bytes));
    layout.blob(this.#slack);
    const stacks = threads.flatMap(({ stack }): PlacedMemory[] => (stack === null ? [] : [stack]));
    writeMemory(layout, stacks, this.#memory, this.#options.fullMemory ?? false);
    return layout.finish();
  }

  #baseOf(name: string): bigint {
    const leaf = (path: string) => path.split(/[\\/]/).at(-1);
    const found = this.#modules.find((module) => module.name === name || leaf(module.name) === name);
    if (found === undefined) throw new TypeError(`no module ${name}`);
    return found.base;
  }
}
