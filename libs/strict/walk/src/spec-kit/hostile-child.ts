import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PoolOptions } from '../parent/child-pool.js';
import { WalkRunner } from '../parent/walk-runner.js';

/** What every such program begins with: the pipe, spoken correctly. */
const PRELUDE = `
import { readSync, writeSync } from 'node:fs';
const take = (n) => { const b = Buffer.alloc(n); let at = 0; while (at < n) { const r = readSync(3, b, at, n - at, null); if (r === 0) process.exit(0); at += r; } return b; };
const receive = () => { const length = take(4).readUInt32LE(0); return take(length); };
const raw = (bytes) => { let at = 0; while (at < bytes.length) at += writeSync(4, bytes, at); };
const send = (op, payload, source = 0, count = 0) => {
  const head = Buffer.alloc(8); head.writeUInt32LE(4 + payload.length, 0); head[4] = op; head[5] = source; head.writeUInt16LE(count, 6);
  raw(Buffer.concat([head, payload]));
};
const json = (value) => Buffer.from(JSON.stringify(value));
const ask = (ranges, source = 0) => {
  const bytes = Buffer.alloc(ranges.length * 12);
  ranges.forEach(([offset, length], i) => { bytes.writeDoubleLE(offset, i * 12); bytes.writeUInt32LE(length, i * 12 + 8); });
  send(2, bytes, source, ranges.length);
};
send(1, json({ coreFilter: true, notDumpable: true, memoryLimit: true, seccomp: true }));
receive();
`;

/** A runner whose children are `program`, run after they have told that they are ready and taken a job. */
export function runnerOfHostileChildren(
  program: string,
  options: Partial<PoolOptions> = {},
): { readonly runner: WalkRunner; readonly close: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-child-'));
  const file = join(folder, 'child.mjs');
  writeFileSync(file, PRELUDE + program);
  const runner = new WalkRunner({ ...options, program: file });
  const close = (): void => {
    runner.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { runner, close };
}

/** A program that answers every job with this JSON. */
export function answering(result: unknown): string {
  return `for (;;) { send(4, json(${JSON.stringify(result)})); receive(); }`;
}
