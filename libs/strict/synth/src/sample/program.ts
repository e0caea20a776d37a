/**
 * Lantern, a photo organiser that does not exist: its modules, functions and lines. The dump's return addresses and the symbol files
 * are both made from here, so they agree.
 */
export interface SampleFunction {
  readonly offset: number;
  readonly size: number;
  readonly name: string;
  /** Absent in modules without line tables. */
  readonly file?: string;
  /** Code offset from the function's start, and the line there; ascending. */
  readonly lines?: readonly (readonly [from: number, line: number])[];
  readonly inline?: { readonly name: string; readonly from: number; readonly size: number; readonly calledAt: number };
}

export interface SampleModule {
  readonly path: string;
  readonly base: bigint;
  readonly size: number;
  readonly buildId: string;
  readonly functions: Readonly<Record<string, SampleFunction>>;
}

export const LANTERN: SampleModule = {
  path: '/opt/lantern/bin/lantern',
  base: 0x55d0_c0de_0000n,
  size: 0x2_a000,
  buildId: '6c1d0b7e9a4f43d2b5508e21c7fa3490d1e2b3c4',
  functions: {
    start: { offset: 0x1_0a0, size: 0x26, name: '_start' },
    main: {
      offset: 0x4_1c0,
      size: 0x1d0,
      name: 'main',
      file: 'src/main.cc',
      lines: [
        [0x0, 31],
        [0x48, 38],
        [0x9c, 44],
        [0x140, 47],
      ],
    },
    eventLoopRun: {
      offset: 0x6_e40,
      size: 0xf0,
      name: 'lantern::EventLoop::run()',
      file: 'src/event_loop.cc',
      lines: [
        [0x0, 52],
        [0x34, 57],
        [0xa8, 63],
      ],
    },
    eventLoopWait: {
      offset: 0x6_f80,
      size: 0xb4,
      name: 'lantern::EventLoop::wait(std::chrono::duration<long, std::ratio<1l, 1000l> >)',
      file: 'src/event_loop.cc',
      lines: [
        [0x0, 74],
        [0x58, 81],
      ],
    },
    cacheFind: {
      offset: 0x9_310,
      size: 0x120,
      name: 'lantern::ThumbCache::find(unsigned long)',
      file: 'src/thumb_cache.cc',
      lines: [
        [0x0, 84],
        [0x2c, 86],
        [0x5c, 88],
        [0xc4, 93],
      ],
      inline: { name: 'lantern::LruList::touch(lantern::Thumb*)', from: 0x60, size: 0x38, calledAt: 88 },
    },
    workerDecode: {
      offset: 0xb_0c0,
      size: 0x2e0,
      name: 'lantern::ThumbWorker::decode(lantern::Job const&)',
      file: 'src/thumb_worker.cc',
      lines: [
        [0x0, 118],
        [0x70, 132],
        [0x1a0, 141],
        [0x23c, 149],
      ],
    },
    workerRun: {
      offset: 0xb_3e0,
      size: 0x190,
      name: 'lantern::ThumbWorker::run()',
      file: 'src/thumb_worker.cc',
      lines: [
        [0x0, 55],
        [0x64, 61],
        [0xd0, 63],
      ],
    },
    indexerRun: {
      offset: 0xd_720,
      size: 0x140,
      name: 'lantern::IndexWriter::run()',
      file: 'src/index_writer.cc',
      lines: [
        [0x0, 40],
        [0x6c, 46],
      ],
    },
    threadState: {
      offset: 0xe_100,
      size: 0x40,
      name: 'std::thread::_State_impl<std::thread::_Invoker<std::tuple<void (*)()> > >::_M_run()',
    },
  },
};

export const LIBSTDCXX: SampleModule = {
  path: '/usr/lib/x86_64-linux-gnu/libstdc++.so.6.0.33',
  base: 0x7f3a_1c40_0000n,
  size: 0x26_8000,
  buildId: '37628a6e4c1d92a35b8f0071c2de94a61f0b3d77',
  functions: {
    conditionWait: {
      offset: 0xe_2a90,
      size: 0x12,
      name: 'std::condition_variable::wait(std::unique_lock<std::mutex>&)',
    },
    executeThread: { offset: 0xe_8db0, size: 0x24, name: 'execute_native_thread_routine' },
  },
};

export const LIBC: SampleModule = {
  path: '/usr/lib/x86_64-linux-gnu/libc.so.6',
  base: 0x7f3a_1c00_0000n,
  size: 0x20_5000,
  buildId: 'c289da5071a3399de893d2af81d6a30c62646e1e',
  functions: {
    startCallMain: { offset: 0x2_a1e0, size: 0x98, name: '__libc_start_call_main' },
    startMain: { offset: 0x2_a280, size: 0x14c, name: '__libc_start_main_impl' },
    conditionWait: { offset: 0x9_8d90, size: 0x260, name: 'pthread_cond_wait' },
    startThread: { offset: 0x9_ca10, size: 0x31c, name: 'start_thread' },
    poll: { offset: 0x11_b450, size: 0xb0, name: 'poll' },
    clone3: { offset: 0x12_9be0, size: 0x8e, name: 'clone3' },
  },
};

export const SAMPLE_MODULES = [LANTERN, LIBSTDCXX, LIBC] as const;

export const SAMPLE_LEAF = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
