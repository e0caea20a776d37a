import type { Expected, ExpectedFrame, ExpectedThread } from './expected.js';

/** A LenientReport on the wire. The real one comes out of the airlock; this one is only believable. */
export interface ReportFacts {
  readonly id: string;
  readonly product: string;
  readonly version: string;
  /** Seconds since 1970. */
  readonly receivedAt: number;
}

const OS_NAMES: Readonly<Record<string, string>> = { Linux: 'linux', 'Windows NT': 'windows', 'Mac OS X': 'mac' };

export function madeUpReport(expected: Expected, facts: ReportFacts): object {
  const wide = expected.cpu === 'amd64' || expected.cpu === 'arm64';
  const address = addressOf(expected, wide);
  const moduleIndex = new Map(expected.modules.map(({ name }, index) => [name, index]));
  const threads = expected.threads.map((thread) => threadOf(thread, wide, moduleIndex));
  return {
    schema: 1,
    id: facts.id,
    format: 'minidump',
    product: facts.product,
    version: facts.version,
    channel: 'stable',
    received_at: facts.receivedAt,
    crashed_at: facts.receivedAt - 4,
    uptime: 60 * (expected.process_uptime ?? 372) + 12,
    os: OS_NAMES[expected.os] ?? 'unknown',
    os_version: expected.os_version,
    cpu: expected.cpu,
    cpu_info: expected.cpu_info,
    cpu_count: 8,
    crash_reason: expected.crash_reason,
    crash_address: address?.shown ?? null,
    crash_address_class: address?.kind ?? null,
    crashing_thread: expected.crashing_thread,
    threads,
    modules: expected.modules.map(({ name, version, debug_file, debug_id, code_id, symbols_loaded }) => {
      return { name, version, debug_file, debug_id, code_id, symbols_loaded };
    }),
    main_module: expected.main_module,
    unloaded_modules: [],
    signature: signatureOf(expected),
    signature_algorithm: 1,
    signature_why: [{ why: 'function', thread: expected.crashing_thread, frame: 0 }],
    withheld: withheldOf(expected, threads),
    problems: [],
  };
}

export function signatureOf({ signature_socorro: signature }: Expected): string {
  return (typeof signature === 'string' ? signature : signature?.signature) ?? 'no frames';
}

type ModuleIndex = ReadonlyMap<string, number>;

function threadOf(
  { index, id, name, frames }: ExpectedThread,
  wide: boolean,
  modules: ModuleIndex,
): { frames_withheld: number } {
  const shown = wide ? frames : frames.filter((frame) => frame.trust !== 'scan' || frame.function !== undefined);
  return {
    index,
    id,
    name: name !== null && /^[a-z0-9_-]{1,16}$/i.test(name) ? name : null,
    frames: shown.map((frame, at) => frameOf(frame, at, modules)),
    frames_withheld: frames.length - shown.length,
    truncated: frames.length > 190,
  } as { frames_withheld: number };
}

function frameOf(frame: ExpectedFrame, index: number, modules: ModuleIndex): object {
  return {
    index,
    module: frame.module,
    module_index: frame.module === null ? null : (modules.get(frame.module) ?? null),
    module_offset: frame.module_offset,
    function: frame.function ?? null,
    mangled: null,
    unloaded_modules: [],
    file: frame.file ?? null,
    line: frame.line ?? null,
    trust: frame.trust,
    inlines: (frame.inlines ?? []).map((inline) => ({
      function: inline.function ?? null,
      mangled: null,
      file: inline.file ?? null,
      line: inline.line ?? null,
    })),
  };
}

function addressOf({ crash_address: text }: Expected, wide: boolean): { shown: string; kind: string } | null {
  if (text === null) return null;
  const address = BigInt(text);
  if (address < 4096n) return { shown: address === 0n ? 'null' : `null+0x${address.toString(16)}`, kind: 'null' };
  if (wide && address >> 47n !== 0n && address >> 47n !== 0x1ffffn)
    return { shown: 'non-canonical', kind: 'non-canonical' };
  if (address >> 32n === 0x7ffdn || address >> 32n === 0x7fffn) return { shown: 'stack', kind: 'stack' };
  return { shown: 'heap-like', kind: 'heap-like' };
}

function withheldOf(expected: Expected, threads: readonly { readonly frames_withheld: number }[]): object[] {
  const scanned = threads.reduce((sum, thread) => sum + thread.frames_withheld, 0);
  const rows = [
    { kind: 'memory', count: expected.threads.length },
    { kind: 'registers', count: expected.threads.length },
    { kind: 'fault-address', count: 1 },
    { kind: 'annotations', count: 7 },
    { kind: 'attachments', count: 1 },
    { kind: 'module-paths', count: expected.modules.length },
    { kind: 'scanned-frames', count: scanned },
  ];
  return rows.filter(({ count }) => count > 0);
}
