import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { convertBreakpadSymbols } from '@crashkeep/symbols';
import { sampleBuilder, sampleDump, sampleSymbols, synthMinidump } from '@crashkeep/synth';
import { BufferRangeSource } from '../spec-kit/buffer-range-source.js';
import { requireCompiledChild } from '../spec-kit/compiled-child.js';
import type { ModuleKey } from '../wire/module-key.js';
import type { SymbolSource } from './async-range-source.js';
import { WalkRunner } from './walk-runner.js';

/** Starts the program as a parent does, tells its process id, and lives. */
const PARENT_OF_ONE_CHILD = `
import { spawn } from 'node:child_process';
const program = ${JSON.stringify(fileURLToPath(new URL('../../dist/child/main.js', import.meta.url)))};
const child = spawn(process.execPath, [program, 'walk', '805306368'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], env: {} });
console.log(child.pid);
setInterval(() => undefined, 1000);
`;

let runner: WalkRunner;
beforeAll(() => {
  requireCompiledChild();
  runner = new WalkRunner();
});
afterAll(() => {
  runner.close();
});

const noSymbols = (modules: readonly ModuleKey[]): Promise<[][]> => Promise.resolve(modules.map(() => []));

async function sampleForms(): Promise<Map<string, SymbolSource[]>> {
  const forms = new Map<string, SymbolSource[]>();
  for (const { debugId, text } of sampleSymbols()) {
    const { form } = await convertBreakpadSymbols([Buffer.from(text)]);
    const source = new BufferRangeSource(Buffer.concat(form));
    forms.set(debugId, [{ key: debugId, size: source.size, read: (offset, length) => source.read(offset, length) }]);
  }
  return forms;
}

test('the sample is walked and named: frames by the child, names by the parent', async () => {
  const forms = await sampleForms();
  const walk = await runner.walk({
    source: new BufferRangeSource(sampleDump()),
    symbols: (modules) => Promise.resolve(modules.map(({ debugId }) => forms.get(debugId ?? '') ?? [])),
    project: 'lantern',
    addresses: false,
  });
  const crashed = walk.threads[walk.crashingThread ?? -1];
  expect(walk.crashReason).toBe('SIGSEGV / SEGV_MAPERR');
  expect(walk.crashAddress).toEqual({ class: 'null', offset: 0x18, module: null, value: null });
  expect(crashed?.frames[0]).toMatchObject({ m: 0, t: 'context', a: null });
  expect(crashed?.frames[0]?.names?.function).toMatch(/find/);
  expect(crashed?.frames.length).toBeGreaterThan(5);
  expect(walk.symbolsLoaded[0]).toBe(true);
  expect(walk.cost.dumpBytes).toBe(sampleDump().length);
});

test('the vault is told no address; the owner of a file is', async () => {
  const job = { symbols: noSymbols, project: 'lantern' };
  const vault = await runner.walk({ ...job, source: new BufferRangeSource(sampleDump()), addresses: false });
  const own = await runner.walk({ ...job, source: new BufferRangeSource(sampleDump()), addresses: true });
  expect(vault.processId).toBeNull();
  expect(vault.modules.every(({ base, path }) => base === null && path === undefined)).toBe(true);
  expect(own.processId).toBe(48_213);
  expect(own.modules[0]?.base).toMatch(/^0x/);
  expect(own.crashAddress?.value).toBe('0x18');
  expect(own.threads[0]?.frames[0]?.a).toMatch(/^0x/);
});

test('a dump that is not pushed is read by ranges: a few rounds, and no more than it needs', async () => {
  const bytes = sampleBuilder()
    .memory(0x7000_0000_0000n, new Uint8Array(24 * 1024 * 1024).fill(7))
    .bytes();
  const source = new BufferRangeSource(bytes);
  const walk = await runner.walk({ source, symbols: noSymbols, project: 'lantern', addresses: false });
  const whole = await runner.walk({
    source: new BufferRangeSource(sampleDump()),
    symbols: noSymbols,
    project: 'lantern',
    addresses: false,
  });
  expect(walk.threads).toEqual(whole.threads);
  expect(walk.cost.rounds).toBeLessThanOrEqual(6);
  expect(walk.cost.dumpBytes).toBeLessThan(2 * 1024 * 1024);
  expect(source.reads.reduce((sum, [, length]) => sum + length, 0)).toBe(walk.cost.dumpBytes);
});

test('where a budget ends before the threads do, the crashed one is walked and the rest says so', async () => {
  const stackBytes = 64 * 1024;
  const dump = synthMinidump().module({ name: '/opt/app', base: 0x40_0000n, size: 0x1000 });
  for (let i = 0; i < 1000; i++) {
    const address = 0x7000_0000_0000n + BigInt(i * 2 * stackBytes);
    const stack = new Uint8Array(stackBytes);
    new DataView(stack.buffer).setBigUint64(8, 0x40_0140n, true);
    dump.thread({ id: i + 1, registers: { rip: 0x40_0120n, rsp: address }, stack: { address, bytes: stack } });
  }
  const source = new BufferRangeSource(dump.exception({ threadId: 900, code: 11, address: 0n }).bytes());
  const walk = await runner.walk({ source, symbols: noSymbols, project: 'lantern', addresses: false });
  expect(walk.crashingThread).toBe(899);
  expect(walk.threads[899]).toMatchObject({ truncated: false, frames: [{ t: 'context' }, { t: 'scan' }] });
  expect(walk.problems).toContain('minidump.budget-exhausted');
  expect(walk.cost.dumpBytes).toBeLessThanOrEqual(32 * 1024 * 1024);
});

test.for([
  ['what is no dump', Buffer.from('hello, world'), 'walk.not-a-dump'],
  ['an empty file', new Uint8Array(0), 'walk.not-a-dump'],
  ['a minidump cut in its header', sampleDump().slice(0, 20), 'minidump.truncated-header'],
] as const)('%s is a code', async ([, bytes, code]) => {
  const job = { source: new BufferRangeSource(bytes), symbols: noSymbols, project: 'lantern', addresses: false };
  await expect(runner.walk(job)).rejects.toMatchObject({ name: 'WalkError', code });
});

test('a source that fails is the vault’s fault, not the dump’s', async () => {
  const source = { size: 4 * 1024 * 1024, read: () => Promise.reject(new Error('the store is away')) };
  const job = { source, symbols: noSymbols, project: 'lantern', addresses: false };
  await expect(runner.walk(job)).rejects.toMatchObject({ code: 'walk.source-failed' });
});

test('a walk that takes too long ends, whether the child hangs or its source', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    let tellAsked = (): void => undefined;
    const asked = new Promise<void>((resolve) => (tellAsked = resolve));
    const source = {
      size: 4 * 1024 * 1024,
      read: () => {
        tellAsked();
        return new Promise<never>(() => undefined);
      },
    };
    const walk = runner.walk({ source, symbols: noSymbols, project: 'lantern', addresses: false });
    const ended = expect(walk).rejects.toMatchObject({ code: 'walk.timeout' });
    await asked;
    vi.advanceTimersByTime(10_000);
    await ended;
  } finally {
    vi.useRealTimers();
  }
});

test('symbol text is converted in a child without a dump', async () => {
  const [file] = sampleSymbols();
  const source = new BufferRangeSource(Buffer.from(file?.text ?? ''));
  const { form, identity, dropped } = await runner.convert({ source, project: 'lantern', formBytesMax: 2 ** 20 });
  const here = await convertBreakpadSymbols([Buffer.from(file?.text ?? '')]);
  expect(identity).toEqual(here.identity);
  expect(dropped.badLines).toBe(0);
  expect(Buffer.concat(form).subarray(0, 8)).toEqual(Buffer.concat(here.form).subarray(0, 8));
  const refused = {
    source: new BufferRangeSource(Buffer.from('no symbols')),
    project: 'lantern',
    formBytesMax: 2 ** 20,
  };
  await expect(runner.convert(refused)).rejects.toMatchObject({ code: 'walk.not-symbols' });
});

test('a closed runner says so, also to walks that are under way', async () => {
  const closing = new WalkRunner();
  const source = { size: 4 * 1024 * 1024, read: () => new Promise<never>(() => undefined) };
  const walk = closing.walk({ source, symbols: noSymbols, project: 'lantern', addresses: false });
  closing.close();
  await expect(walk).rejects.toMatchObject({ code: 'walk.closed' });
  await expect(
    closing.walk({ source, symbols: noSymbols, project: 'lantern', addresses: false }),
  ).rejects.toMatchObject({
    code: 'walk.closed',
  });
});

test.for([
  ['before it has said that it is ready', 0],
  ['while it waits for a job', 1500],
] as const)('a child whose parent is killed %s ends too', async ([, milliseconds]) => {
  const parent = spawn(process.execPath, ['--input-type=module', '-e', PARENT_OF_ONE_CHILD], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  await sleep(milliseconds);
  parent.kill('SIGKILL');
  const child = Number(line.toString());
  await vi.waitFor(
    () => {
      expect(existsSync(`/proc/${String(child)}`)).toBe(false);
    },
    { timeout: 20_000 },
  );
});
