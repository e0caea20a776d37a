import type { Registers, SynthCpu } from './context-bytes.js';
import type { StackDrawing } from './stack-drawing.js';

export interface SynthModule {
  readonly name: string;
  readonly base: bigint;
  readonly size: number;
  /** 32 hex digits and an age for `pdb`; hex of any length for `elf`. */
  readonly debug?:
    | { readonly kind: 'pdb'; readonly id: string; readonly file: string }
    | { readonly kind: 'elf'; readonly buildId: string };
  /** Seconds since 1970 at which it was linked. */
  readonly timestamp?: number;
  readonly version?: readonly [number, number, number, number];
}

export interface SynthThread {
  readonly id: number;
  readonly name?: string;
  readonly registers: Registers;
  /** Bytes are taken as they are. */
  readonly stack?: StackDrawing | { readonly address: bigint; readonly bytes: Uint8Array };
}

export interface SynthMemory {
  readonly address: bigint;
  readonly bytes: Uint8Array;
}

export interface SynthException {
  readonly threadId: number;
  readonly code: number;
  readonly flags?: number;
  readonly address: bigint;
  readonly parameters?: readonly bigint[];
  /** The crash's own registers; without them the thread's are written again. */
  readonly registers?: Registers;
}

export interface SynthSystem {
  readonly cpu: SynthCpu;
  readonly platform: 'windows' | 'linux' | 'android' | 'mac';
  readonly version: readonly [number, number, number];
  /** Service pack, or on Linux what `uname -srvmo` says. */
  readonly build: string;
  readonly cpuCount: number;
}

export interface SynthMisc {
  readonly processId: number;
  /** Seconds since 1970. */
  readonly startedAt: number;
}

/** Crashpad's annotations; a module goes by its place in the list of modules. */
export interface SynthAnnotations {
  readonly simple?: Readonly<Record<string, string>>;
  readonly modules?: readonly {
    readonly module: number;
    readonly list?: readonly string[];
    readonly simple?: Readonly<Record<string, string>>;
    readonly objects?: Readonly<Record<string, string>>;
  }[];
}

export interface SynthOptions {
  readonly littleEndian?: boolean;
  /** Memory64List in place of MemoryList. */
  readonly fullMemory?: boolean;
  /** Seconds since 1970. */
  readonly crashedAt?: number;
  readonly system?: Partial<SynthSystem>;
}
