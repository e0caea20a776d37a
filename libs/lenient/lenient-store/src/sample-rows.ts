import { type DumpAlias, type DumpId, type ProjectId, ProjectIdText, newDumpId } from '@crashkeep/ids';
import { LenientReport } from '@crashkeep/report';
import type { LenientStore } from './lenient-store.js';
import { writeDumpState } from './write-dump-state.js';
import { writeReport } from './write-report.js';

/** For specs: what ingest and the worker write, in a few words. */
export const sampleProject: ProjectId = ProjectIdText.parse('relay');

interface ReportWords {
  readonly id?: DumpId;
  readonly signature?: string;
  /** Milliseconds since 1970. */
  readonly receivedAt?: number;
  readonly version?: string | null;
  readonly os?: string;
}

export const sampleReport = (words: ReportWords = {}): LenientReport =>
  LenientReport.parse({
    schema: 1,
    id: words.id ?? newDumpId(),
    format: 'minidump',
    product: 'Relay',
    version: words.version === undefined ? '1.0' : words.version,
    channel: 'stable',
    received_at: Math.floor((words.receivedAt ?? Date.now()) / 1000),
    crashed_at: null,
    uptime: null,
    os: words.os ?? 'linux',
    os_version: null,
    cpu: 'amd64',
    cpu_info: null,
    cpu_count: null,
    crash_reason: 'SIGSEGV / SEGV_MAPERR',
    crash_address: null,
    crash_address_class: null,
    crashing_thread: null,
    threads: [],
    modules: [],
    main_module: null,
    unloaded_modules: [],
    signature: words.signature ?? 'relay::find',
    signature_algorithm: 1,
    signature_why: [],
    withheld: [],
    problems: [],
  });

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
    receivedAt: changes.receivedAt ?? Date.now(),
    heldUntil: Date.now() + 86_400_000,
    dumpBytes: 5_000_000_000,
    attachments: 1,
    annotations: 2,
  });
}

export const write = (store: LenientStore, report: LenientReport, project = sampleProject): Promise<void> =>
  store.transaction((tx) => writeReport(tx, report, project));
