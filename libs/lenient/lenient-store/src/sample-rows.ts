import { type DumpAlias, type DumpId, type ProjectId, ProjectIdText, newDumpId } from '@crashkeep/ids';
import { LenientReport } from '@crashkeep/report';
import type { LenientStore } from './lenient-store.js';
import { writeDumpState } from './write-dump-state.js';
import { writeReport } from './write-report.js';

/** For specs: what ingest and the worker write, in a few words. */
export const sampleProject: ProjectId = ProjectIdText.parse('relay');
/** A dump's state and its report know one time, that of ingest. */
const NOW = Date.now();

interface ReportWords {
  readonly id?: DumpId;
  readonly signature?: string;
  /** Milliseconds since 1970. */
  readonly receivedAt?: number;
  readonly version?: string | null;
  readonly os?: string;
  readonly channel?: string | null;
  readonly cpu?: string;
  readonly product?: string;
  readonly uptime?: number | null;
  /** Innermost first. */
  readonly frames?: readonly { readonly module: string; readonly function: string | null }[];
  /** Beside those of the frames. */
  readonly modules?: readonly string[];
}

export const sampleReport = (words: ReportWords = {}): LenientReport =>
  LenientReport.parse({
    schema: 1,
    id: words.id ?? newDumpId(),
    format: 'minidump',
    product: words.product ?? 'Relay',
    version: words.version === undefined ? '1.0' : words.version,
    channel: words.channel === undefined ? 'stable' : words.channel,
    received_at: Math.floor((words.receivedAt ?? NOW) / 1000),
    crashed_at: null,
    uptime: words.uptime ?? null,
    os: words.os ?? 'linux',
    os_version: null,
    cpu: words.cpu ?? 'amd64',
    cpu_info: null,
    cpu_count: null,
    crash_reason: 'SIGSEGV / SEGV_MAPERR',
    crash_address: null,
    crash_address_class: null,
    ...sampleStack(words),
    main_module: null,
    unloaded_modules: [],
    signature: words.signature ?? 'relay::find',
    signature_algorithm: 1,
    signature_why: [],
    withheld: [],
    problems: [],
  });

function sampleStack({ frames = [], modules = [] }: ReportWords): Record<string, unknown> {
  const names = [...new Set([...frames.map((it) => it.module), ...modules])];
  const frame = (words: (typeof frames)[number], index: number): unknown => ({
    index,
    module: words.module,
    module_index: names.indexOf(words.module),
    module_offset: `0x${(16 * (index + 1)).toString(16).padStart(16, '0')}`,
    function: words.function,
    mangled: null,
    file: words.function === null ? null : 'src/relay.cc',
    line: null,
    trust: index === 0 ? 'context' : 'cfi',
    inlines: [],
    unloaded_modules: [],
  });
  const thread = { index: 0, id: 1, name: null, frames: frames.map(frame), frames_withheld: 0, truncated: false };
  const symbolsOf = (name: string): boolean => frames.some((it) => it.module === name && it.function !== null);
  return {
    crashing_thread: frames.length === 0 ? null : 0,
    threads: frames.length === 0 ? [] : [thread],
    modules: names.map((name) => ({
      name,
      version: null,
      debug_file: null,
      debug_id: null,
      code_id: null,
      symbols_loaded: symbolsOf(name),
    })),
  };
}

export async function receive(
  store: LenientStore,
  dump: DumpId,
  changes: { readonly project?: ProjectId; readonly receivedAt?: number; readonly alias?: DumpAlias } = {},
): Promise<void> {
  await writeDumpState(store.rows, {
    change: 'received',
    dump,
    project: changes.project ?? sampleProject,
    alias: changes.alias ?? null,
    receivedAt: changes.receivedAt ?? NOW,
    heldUntil: Date.now() + 86_400_000,
    dumpBytes: 5_000_000_000,
    attachments: 1,
    annotations: 2,
  });
}

export const write = (store: LenientStore, report: LenientReport, project = sampleProject): Promise<void> =>
  store.transaction((tx) => writeReport(tx, report, project));
