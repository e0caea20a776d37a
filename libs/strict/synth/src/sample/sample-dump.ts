import { stackAt, labelAddress, type StackDrawing } from '../stack-drawing.js';
import { type SynthMinidump, synthMinidump } from '../synth-minidump.js';
import type { SynthThread } from '../synth-parts.js';
import { LANTERN, LIBC, type SampleModule, SAMPLE_MODULES } from './program.js';

export interface SampleOptions {
  /** Seconds since 1970; a fixed day otherwise. */
  readonly crashedAt?: number;
  readonly version?: string;
}

const PROCESS_ID = 48_213;
const SIGSEGV = 11;
const SEGV_MAPERR = 1;
/** `thumb->next` of a thumb that is null. */
const FAULT_ADDRESS = 0x18n;

const MAIN_STACK = stackAt(0x7ffe_5a3c_1c40n)`
          | junk                                | x6
    poll: | saved rbp -> wait                   |
          | return -> lantern+0x6fd9            |
          | junk                                | x8
    wait: | saved rbp -> run                    |
          | return -> lantern+0x6e91            |
          | junk                                | x10
    run:  | saved rbp -> main                   |
          | return -> lantern+0x4268            |
          | junk                                | x22
    main: | saved rbp -> call                   |
          | return -> libc.so.6+0x2a269         |
          | junk                                | x12
    call: | saved rbp -> libc                   |
          | return -> libc.so.6+0x2a30b         |
          | junk                                | x14
    libc: | saved rbp -> 0                      |
          | return -> lantern+0x10c5            |
          | arguments -> 0x7ffe5a3c3338         |
          | junk                                | x24
`;

const CRASH_STACK = stackAt(0x7f3a_13ff_d8f0n)`
            | job -> heap                       |
            | junk                              | x5
    find:   | saved rbp -> decode               |
            | return -> lantern+0xb268          |
            | job -> heap                       |
            | upload token -> token             |
            | junk                              | x24
    decode: | saved rbp -> run                  |
            | return -> lantern+0xb4b9          |
            | junk                              | x14
    run:    | saved rbp -> state                |
            | return -> lantern+0xe121          |
            | junk                              | x4
    state:  | saved rbp -> native               |
            | return -> libstdc++.so.6.0.33+0xe8dc4 |
            | junk                              | x6
    native: | saved rbp -> thread               |
            | return -> libc.so.6+0x9caa4       |
            | junk                              | x18
    thread: | saved rbp -> 0                    |
            | return -> libc.so.6+0x129c3c      |
            | 0                                 | x32
`;

const INDEXER_STACK = stackAt(0x7f3a_137f_ca80n)`
            | junk                              | x16
    wait:   | saved rbp -> condition            |
            | return -> libstdc++.so.6.0.33+0xe2a9d |
            | junk                              | x4
    condition: | saved rbp -> run               |
            | return -> lantern+0xd792          |
            | junk                              | x20
    run:    | saved rbp -> state                |
            | return -> lantern+0xe121          |
            | junk                              | x4
    state:  | saved rbp -> native               |
            | return -> libstdc++.so.6.0.33+0xe8dc4 |
            | junk                              | x6
    native: | saved rbp -> thread               |
            | return -> libc.so.6+0x9caa4       |
            | junk                              | x18
    thread: | saved rbp -> 0                    |
            | return -> libc.so.6+0x129c3c      |
            | 0                                 | x32
`;

const HEAP_ADDRESS = 0x55d0_c2b4_1e80n;

/**
 * The crash that `npm start` shows: a worker of Lantern follows a null pointer while two other threads wait. Its stacks have frame
 * pointers, and its heap holds a credential, as real ones do.
 */
export function sampleDump(options: SampleOptions = {}): Uint8Array {
  return sampleBuilder(options).bytes();
}

/** The same, still open for additions: canaries, say. */
export function sampleBuilder({ crashedAt = 1_760_000_000, version = '2.4.1' }: SampleOptions = {}): SynthMinidump {
  const dump = synthMinidump({ crashedAt, system: { build: '#1 SMP PREEMPT_DYNAMIC Debian 6.1.0-40 x86_64' } });
  for (const { path, base, size, buildId } of SAMPLE_MODULES) {
    dump.module({ name: path, base, size, debug: { kind: 'elf', buildId }, version: [0, 0, 0, 0] });
  }
  for (const thread of sampleThreads()) dump.thread(thread);
  return dump
    .word('heap', HEAP_ADDRESS)
    .word('token', HEAP_ADDRESS + 0x60n)
    .memory(HEAP_ADDRESS, heapBytes())
    .exception({ threadId: PROCESS_ID + 4, code: SIGSEGV, flags: SEGV_MAPERR, address: FAULT_ADDRESS })
    .misc({ processId: PROCESS_ID, startedAt: crashedAt - 1327 })
    .annotations({
      simple: { prod: 'Lantern', ver: version, channel: 'stable' },
      modules: [{ module: 0, objects: { 'open-folder': '/home/ada/Pictures/2025', ptype: 'main' } }],
    });
}

function sampleThreads(): SynthThread[] {
  return [
    waiting(PROCESS_ID, 'lantern', MAIN_STACK, 'poll', at(LIBC, 'poll', 0x4f)),
    {
      id: PROCESS_ID + 4,
      name: 'thumb-worker-2',
      registers: {
        rip: at(LANTERN, 'cacheFind', 0x6a),
        rsp: CRASH_STACK.address,
        rbp: labelAddress(CRASH_STACK, 'find'),
        rax: 0n,
        rdi: HEAP_ADDRESS,
        rsi: 0x9e37_79b9n,
        rbx: HEAP_ADDRESS + 0x20n,
      },
      stack: CRASH_STACK,
    },
    waiting(PROCESS_ID + 5, 'index-writer', INDEXER_STACK, 'wait', at(LIBC, 'conditionWait', 0x13c)),
  ];
}

function waiting(id: number, name: string, stack: StackDrawing, frame: string, rip: bigint): SynthThread {
  return { id, name, registers: { rip, rsp: stack.address, rbp: labelAddress(stack, frame) }, stack };
}

function at(module: SampleModule, name: string, into: number): bigint {
  const fn = module.functions[name];
  if (fn === undefined) throw new TypeError(`no function ${name}`);
  return module.base + BigInt(fn.offset + into);
}

/** A job, and the credential that it would have used. Put together here so that no scanner takes this file for a leak. */
function heapBytes(): Uint8Array {
  const bytes = new Uint8Array(512);
  const text = (offset: number, value: string): void => {
    bytes.set(new TextEncoder().encode(value), offset);
  };
  text(0x10, 'IMG_20250914_181223.jpg');
  text(0x60, ['AWS_ACCESS_KEY_ID=AKIA', 'Q3EGRT7LMWZ5XN2P'].join(''));
  text(0xa0, ['AWS_SECRET_ACCESS_KEY=', 'hV9sT0mYk3Qz', 'Xw7LrJ2bNf8c', 'PdE5uAgKi1oR6qZt'].join(''));
  return bytes;
}
