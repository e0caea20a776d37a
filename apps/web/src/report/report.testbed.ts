import type { LenientFrame, LenientReport, LenientThread } from '@crashkeep/report';

/** Reports for specs: believable, and only as much as a spec names. Texts are not screened here. */
type Loose<Shape> = { readonly [Key in keyof Shape]?: unknown };

export function frame(index: number, facts: Loose<LenientFrame> = {}): LenientFrame {
  return {
    index,
    module: 'app',
    module_index: 0,
    module_offset: `0x${String(1000 + index).padStart(16, '0')}`,
    function: `call_${String(index)}`,
    mangled: null,
    file: null,
    line: null,
    trust: 'cfi',
    inlines: [],
    unloaded_modules: [],
    ...facts,
  } as LenientFrame;
}

/** A stack of these functions, innermost first; null is a frame without a name. */
export function stack(...names: readonly (string | null)[]): LenientFrame[] {
  return names.map((name, index) => frame(index, { function: name, module_offset: '0x0000000000001000' }));
}

export function thread(
  index: number,
  frames: readonly LenientFrame[],
  facts: Loose<LenientThread> = {},
): LenientThread {
  return {
    index,
    id: 100 + index,
    name: null,
    frames,
    frames_withheld: 0,
    truncated: false,
    ...facts,
  } as LenientThread;
}

export function report(facts: Loose<LenientReport> = {}): LenientReport {
  return {
    schema: 1,
    id: '0193f2c8-7a41-4abc-8def-0123456789ab',
    format: 'minidump',
    product: 'relay',
    version: '4.18.2',
    channel: 'stable',
    received_at: 1_795_356_131,
    crashed_at: null,
    uptime: null,
    os: 'linux',
    os_version: '6.8.0',
    cpu: 'amd64',
    cpu_info: null,
    cpu_count: null,
    crash_reason: 'SIGSEGV / SEGV_MAPERR',
    crash_address: 'null+0x18',
    crash_address_class: 'null',
    probable_cause: null,
    instruction: null,
    memory: null,
    crashing_thread: 0,
    threads: [thread(0, stack('relay::Table::find_mut', 'main'))],
    modules: [
      { name: 'app', version: null, debug_file: 'app', debug_id: 'A1', code_id: null, symbols_loaded: true },
      {
        name: 'libnic.so',
        version: null,
        debug_file: 'libnic.so',
        debug_id: 'B2',
        code_id: null,
        symbols_loaded: false,
      },
      { name: 'libidle.so', version: null, debug_file: null, debug_id: null, code_id: null, symbols_loaded: false },
    ],
    main_module: 0,
    unloaded_modules: [],
    signature: 'relay::Table::find_mut',
    signature_algorithm: 1,
    signature_why: [],
    withheld: [],
    problems: [],
    ...facts,
  } as unknown as LenientReport;
}
