import type { FrameNames, NamedFrame, NamedThread, NamedWalk } from '@crashkeep/walk';
import { LenientReport } from '@crashkeep/report';
import type { DumpFacts } from './dump-facts.js';

/** For specs: a walk as a worker would hand it over, and the parts to vary it with. */
export const sampleNames = (changes: Partial<FrameNames> = {}): FrameNames => ({
  function: 'relay::Table::find(int)',
  mangled: '_ZN5relay5Table4findEi',
  functionOffset: 12,
  file: '/build/src/table.cc',
  line: 42,
  inlines: [],
  ...changes,
});

export const sampleFrame = (changes: Partial<NamedFrame> = {}): NamedFrame => ({
  m: 0,
  o: 0x1234,
  t: 'context',
  a: null,
  names: sampleNames(),
  ...changes,
});

export const sampleThread = (changes: Partial<NamedThread> = {}): NamedThread => ({
  id: 4711,
  name: null,
  frames: [sampleFrame()],
  truncated: false,
  stackBytes: 8192,
  ...changes,
});

export const sampleModule = (changes: Partial<NamedWalk['modules'][number]> = {}): NamedWalk['modules'][number] => ({
  name: 'relay',
  debugFile: 'relay.debug',
  debugId: 'AEC25E4BA8C55BC467CAF51DA65B5EF20',
  codeId: '4b5ec2aec5a8c45b67caf51da65b5ef2e14f6eec',
  version: '4.18.2.0',
  size: 0x20_0000,
  base: null,
  ...changes,
});

export const sampleWalk = (changes: Partial<NamedWalk> = {}): NamedWalk => ({
  format: 'minidump',
  os: 'linux',
  osVersion: '6.1.0-50-amd64 #1 SMP Debian 6.1.192-2 (2026-11-16) x86_64',
  cpu: 'amd64',
  cpuInfo: 'GenuineIntel family 6 model 158 stepping 9',
  cpuCount: 8,
  processId: null,
  crashedAt: 1_700_000_000,
  uptime: 3600,
  crashReason: 'SIGSEGV / SEGV_MAPERR',
  crashAddress: { class: 'null', offset: 0x18, module: null, value: null },
  cause: { cause: 'null-pointer', sure: 'strong' },
  registers: [
    ['rax', 'other'],
    ['rdi', 'null'],
    ['r12', 'poison'],
  ],
  thumb: false,
  memory: { physical: '4 to 16 GB', available: '2 to 5 %', commit: null, process: '256 MB to 1 GB' },
  instruction: { text: 'mov rax, qword ptr [rdi + 0x18]', length: 4, registers: ['rax', 'rdi'] },
  crashingThread: 0,
  threads: [sampleThread()],
  modules: [sampleModule(), sampleModule({ name: 'libc.so.6', debugFile: 'libc.so.6', version: null })],
  mainModule: 0,
  unloadedModules: [sampleModule({ name: 'gone.dll' })],
  regions: [{ address: '0x7fff00000000', size: 8192, offset: 4096 }],
  threadRanges: [{ stack: null, context: { offset: 100, size: 1232 } }],
  annotationCount: 3,
  unread: { commandLine: true, environment: false, assertionTexts: 2, userStreams: 1 },
  problems: ['minidump.truncated'],
  readSet: [[0, 32]],
  symbolsLoaded: [true, false],
  ...changes,
});

export const sampleFacts = (changes: Partial<DumpFacts> = {}): DumpFacts => ({
  id: LenientReport.shape.id.parse('0b2f6d1e-8f39-4c76-9d3a-3d0e6c1b2a4f'),
  product: 'Edge Relay',
  version: '4.18.2-beta.1',
  channel: 'stable',
  receivedAt: 1_700_000_100,
  attachments: 2,
  annotations: 1,
  ...changes,
});
