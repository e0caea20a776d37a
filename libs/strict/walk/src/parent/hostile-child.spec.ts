import { afterEach, expect, test } from 'vitest';
import { answering, runnerOfHostileChildren } from '../spec-kit/hostile-child.js';
import { BufferRangeSource } from '../spec-kit/buffer-range-source.js';
import type { WalkRunner } from './walk-runner.js';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

function runnerOf(program: string): WalkRunner {
  const { runner, close } = runnerOfHostileChildren(program);
  closers.push(close);
  return runner;
}

function walk(runner: WalkRunner, bytes: Uint8Array = new Uint8Array(1000)) {
  const source = new BufferRangeSource(bytes);
  const symbols = (modules: readonly unknown[]): Promise<[][]> => Promise.resolve(modules.map(() => []));
  return runner.walk({ source, symbols, project: 'p', addresses: false });
}

const EMPTY = {
  ...{ format: 'minidump', os: 'linux', osVersion: null, cpu: 'amd64', cpuInfo: null, cpuCount: null, processId: null },
  ...{ crashedAt: null, uptime: null, crashReason: null, crashAddress: null, crashingThread: null, threads: [] },
  ...{ modules: [], mainModule: null, unloadedModules: [], regions: [], threadRanges: [], annotationCount: 0 },
  ...{ problems: [], readSet: [] },
};
const MODULE = { name: 'a', debugFile: null, debugId: null, codeId: null, version: null, size: 1, base: null };
const FRAME = { m: null, o: null, t: 'context', a: null };
const thread = (frame: object) => ({
  id: 1,
  name: null,
  frames: [{ ...FRAME, ...frame }],
  truncated: false,
  stackBytes: 0,
});
const withThread = (frame: object) => ({
  ...EMPTY,
  modules: [MODULE],
  threads: [thread(frame)],
  threadRanges: [{ stack: null, context: null }],
});

test('an answer of the schema is taken', async () => {
  const named = await walk(runnerOf(answering(withThread({ m: 0, o: 1 }))));
  expect(named.threads[0]?.frames[0]).toEqual({ m: 0, o: 1, t: 'context', a: null, names: null });
});

test.for<[string, unknown]>([
  ['a field that nobody named', { ...EMPTY, memory: 'TOP SECRET' }],
  ['a cause that nobody named', { ...EMPTY, cause: { cause: 'hunter2', sure: 'strong' } }],
  ['a register’s value', { ...EMPTY, registers: [['rax', '0x5ec7e7']] }],
  ['a register that no CPU has', { ...EMPTY, registers: [['hunter2', 'null']] }],
  [
    'bytes of memory that are no bucket',
    { ...EMPTY, memory: { physical: '17 GB', available: null, commit: null, process: null } },
  ],
  ['an instruction: only the parent has images', { ...EMPTY, instruction: { text: 'nop', length: 1, registers: [] } }],
  ['a function’s name', withThread({ function: 'main' })],
  ['an address of a frame', withThread({ a: '0x7fff00001234' })],
  ['a base of a module', { ...EMPTY, modules: [{ ...MODULE, base: '0x400000' }] }],
  ['a path', { ...EMPTY, modules: [{ ...MODULE, path: '/home/ada/app' }] }],
  ['a process id', { ...EMPTY, processId: 7 }],
  ['the fault address', { ...EMPTY, crashAddress: { class: 'other', offset: null, module: null, value: '0x5ec7e7' } }],
  ['a problem that no reader knows', { ...EMPTY, problems: ['minidump.akia3q3egrt7lmwz5xn2p'] }],
  ['a module that is not listed', withThread({ m: 1, o: 1 })],
  ['an offset without module', withThread({ o: 1 })],
  ['an unloaded module that is not listed', withThread({ u: [[0, 1]] })],
  ['a thread that is not listed', { ...EMPTY, crashingThread: 0 }],
  ['an offset past 32 bits', withThread({ m: 0, o: 2 ** 33 })],
  ['more threads than there may be', { ...EMPTY, threads: Array.from({ length: 4097 }, () => ({})) }],
  ['no object', 'walked'],
])('refused: %s', async ([, result]) => {
  await expect(walk(runnerOf(answering(result)))).rejects.toThrow(/^walk\.bad-answer$/);
});

test.for([
  ['what is no JSON', 'send(4, Buffer.from("{"))', 'walk.bad-answer'],
  ['an unknown message', 'send(9, Buffer.alloc(3))', 'walk.bad-answer'],
  ['a message longer than it may be', 'raw(Buffer.from([255, 255, 255, 255, 4, 0, 0, 0]))', 'walk.bad-answer'],
  ['a message shorter than its head', 'raw(Buffer.from([0, 0, 0, 0, 4, 0, 0, 0]))', 'walk.bad-answer'],
  ['a piece of a form where a walk was asked for', 'send(6, Buffer.alloc(10))', 'walk.bad-answer'],
  ['a code that is on no list', 'send(5, Buffer.from("walk.akia3q3egrt7lmwz"))', 'walk.bad-answer'],
  ['a code that only the parent may give', 'send(5, Buffer.from("walk.source-failed"))', 'walk.bad-answer'],
  ['a range past the end', 'ask([[999, 2]])', 'walk.bad-answer'],
  ['a range before the beginning', 'ask([[-1, 2]])', 'walk.bad-answer'],
  ['a range at no number', 'ask([[NaN, 2]])', 'walk.bad-answer'],
  ['more ranges than an ask may have', 'ask(Array.from({ length: 65 }, () => [0, 1]))', 'walk.bad-answer'],
  ['a source that was not opened', 'ask([[0, 1]], 1)', 'walk.bad-answer'],
  ['modules that are none', 'send(3, json([{ debugFile: 7 }]))', 'walk.bad-answer'],
  [
    'a path where an id belongs',
    'send(3, json([{ debugFile: "a", debugId: "../..", codeFile: null, codeId: null }]))',
    'walk.bad-answer',
  ],
  ['modules twice', 'send(3, json([])); receive(); send(3, json([]))', 'walk.bad-answer'],
  ['nothing, and its own end', 'process.exit(0)', 'walk.child-died'],
  [
    'half a message, and its own end',
    'raw(Buffer.from([100, 0, 0, 0, 4])); process.kill(process.pid, "SIGKILL")',
    'walk.child-died',
  ],
] as const)('a child that sends %s', async ([, program, code]) => {
  await expect(walk(runnerOf(`${program}; receive(); receive();`))).rejects.toThrow(new RegExp(`^${code}$`));
});

test('a child that goes on asking when its budget is spent is killed', async () => {
  const program = 'for (;;) { ask([[0, 1]]); receive(); }';
  await expect(walk(runnerOf(program))).rejects.toThrow(/^walk\.budget-exhausted$/);
});

test('a child gets no more of a dump than the budget has, however it asks', async () => {
  const size = 64 * 1024 * 1024;
  const reads: number[] = [];
  const source = {
    size,
    read: (_: number, length: number): Promise<Uint8Array> => {
      reads.push(length);
      return Promise.resolve(Buffer.alloc(length));
    },
  };
  const runner = runnerOf('for (let at = 0; ; at += 4194304) { ask([[at % 67108864, 4194304]]); receive(); }');
  const symbols = (): Promise<[]> => Promise.resolve([]);
  await expect(runner.walk({ source, symbols, project: 'p', addresses: false })).rejects.toThrow(
    /^walk\.budget-exhausted$/,
  );
  expect(reads.reduce((sum, length) => sum + length, 0)).toBe(32 * 1024 * 1024);
});

test('a child that floods is read one message at a time, and refused at the first that is wrong', async () => {
  await expect(walk(runnerOf('for (;;) raw(Buffer.alloc(1 << 20, 1));'))).rejects.toThrow(/^walk\.bad-answer$/);
});

test('a child that dies is followed by a fresh one', async () => {
  const runner = runnerOf('process.exit(3)');
  await expect(walk(runner)).rejects.toThrow(/^walk\.child-died$/);
  await expect(walk(runner)).rejects.toThrow(/^walk\.child-died$/);
});

test('a program that is none: not started', async () => {
  const { runner, close } = runnerOfHostileChildren('');
  closers.push(close);
  close();
  await expect(walk(runner)).rejects.toThrow(/^walk\.(child-not-started|closed)$/);
});
