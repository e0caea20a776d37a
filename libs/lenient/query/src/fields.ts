import { AddressClass, CpuName, OsName, WithheldKind } from '@crashkeep/report';

/**
 * What a field's values are. `text`: one for each report; `words`: any number of them; `choice`: of a closed list;
 * `number` (uptime in seconds) and `instant` are compared.
 */
export type FieldKind = 'text' | 'words' | 'choice' | 'number' | 'instant';

interface FieldFacts {
  readonly kind: FieldKind;
  /** One line for completion. */
  readonly about: string;
  /** Of a choice. */
  readonly choices?: readonly string[];
  readonly example: string;
}

const OS = OsName.options;
const CPU = CpuName.options;
export const GROUP_STATUSES = ['open', 'fixed', 'wont-fix'] as const;

/** Every field that a search may name. */
export const FIELDS = {
  signature: { kind: 'text', about: 'what the crash is grouped by', example: 'signature~PathResolver' },
  product: { kind: 'text', about: 'the program', example: 'product:Relay' },
  version: { kind: 'text', about: 'its version', example: 'version:4.18.*' },
  channel: { kind: 'text', about: 'stable, beta and the like', example: 'channel:beta' },
  os: { kind: 'choice', about: 'the system', choices: OS, example: 'os:windows' },
  os_version: { kind: 'text', about: "the system's version", example: 'os_version:10.0.*' },
  cpu: { kind: 'choice', about: 'the processor', choices: CPU, example: 'cpu:arm64' },
  reason: { kind: 'text', about: 'signal, exception or status', example: 'reason:SIGSEGV*' },
  address: {
    kind: 'choice',
    about: "the fault address's class",
    choices: AddressClass.options,
    example: 'address:null',
  },
  format: { kind: 'choice', about: 'what was sent', choices: ['minidump', 'elf-core'], example: 'format:minidump' },
  status: { kind: 'choice', about: "the group's status", choices: GROUP_STATUSES, example: 'status:open' },
  function: { kind: 'words', about: 'a function of the crashing stack', example: 'function~Scheduler::Run' },
  frame: { kind: 'words', about: 'a place of the stack without a name', example: 'frame:"libfoo.so + 0x10"' },
  file: { kind: 'words', about: 'a source file of the crashing stack', example: 'file~scheduler.cc' },
  module: { kind: 'words', about: 'a loaded module', example: 'module:ntdll.dll' },
  debug_id: { kind: 'words', about: "a module's debug id", example: 'debug_id:5A9832E5*' },
  code_id: { kind: 'words', about: "a module's code id", example: 'code_id:5DA7*' },
  missing_symbols: {
    kind: 'words',
    about: 'a module of the stack without symbols',
    example: 'missing_symbols:libfoo.so',
  },
  thread: { kind: 'words', about: "the crashing thread's name", example: 'thread:ThreadPoolForeg*' },
  cpu_info: { kind: 'words', about: "the processor's family and model", example: 'cpu_info~"model 158"' },
  problem: {
    kind: 'words',
    about: 'what was damaged or missing in the dump',
    example: 'problem:minidump.truncated-stream',
  },
  withheld: {
    kind: 'choice',
    about: 'what the dump has and the report does not show',
    choices: WithheldKind.options,
    example: 'withheld:annotations',
  },
  uptime: { kind: 'number', about: 'seconds from start to crash; s, m, h, d', example: 'uptime<1m' },
  cpu_count: { kind: 'number', about: 'processors', example: 'cpu_count>=8' },
  threads: { kind: 'number', about: 'threads', example: 'threads>100' },
  received: { kind: 'instant', about: 'when the dump came', example: 'received>2026-11-01' },
  crashed: { kind: 'instant', about: 'when it crashed', example: 'crashed>-2d' },
} as const satisfies Record<string, FieldFacts>;

export type FieldName = keyof typeof FIELDS;
export const FIELD_NAMES = Object.keys(FIELDS) as FieldName[];

export const isFieldName = (name: string): name is FieldName => Object.hasOwn(FIELDS, name);
export const factsOf = (name: FieldName): FieldFacts => FIELDS[name];
