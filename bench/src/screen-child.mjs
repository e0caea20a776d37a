// Screens the file that it is given, as memory of one process, and prints what that cost as one JSON line.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { screen } from '@crashkeep/screen';

const file = openSync(process.argv[2], 'r');
const { size } = fstatSync(file);
// What is read is copied at once.
const held = Buffer.alloc(2 ** 21);
const read = (offset, length) => {
  const bytes = length <= held.length ? held.subarray(0, length) : Buffer.alloc(length);
  readSync(file, bytes, 0, length, offset);
  return bytes;
};
const processor = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const stages = {};
let stage = 'frame';
let since = processor();
const onStage = (next) => {
  const now = processor();
  stages[stage] = (stages[stage] ?? 0) + now - since;
  [stage, since] = [next, now];
};
// Once over little, so that code is compiled and the controls' primes are made: a worker's child lives for many dumps.
screen({ size: Math.min(size, 2 ** 22), read, prefetch: () => undefined }, [{ address: 0n, offset: 0, size: 2 ** 22 }]);
const begin = processor();
since = begin;
const { status, findings, skipped } = screen(
  { size, read, prefetch: () => undefined },
  [{ address: 0n, offset: 0, size }],
  { onStage },
);
const seconds = processor() - begin;
onStage('frame');
closeSync(file);
const secrets = new Map(findings.filter(({ level }) => level >= 2).map(({ secret, kind }) => [secret, kind]));
const count = (pattern) => [...secrets.values()].filter((kind) => pattern.test(kind)).length;
console.log(
  JSON.stringify({
    seconds,
    stages,
    megabytes: process.resourceUsage().maxRSS / 1024,
    status,
    skipped,
    keys: count(/private-key/),
    schedules: count(/schedule/),
    others: secrets.size - count(/private-key|schedule/),
  }),
);
