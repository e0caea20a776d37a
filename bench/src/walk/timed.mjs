import { spawn } from 'node:child_process';
import { FamilyUsage } from '../memory.mjs';

/** Runs a program: wall time, what it printed, processor time and peak memory of it and of what it started. */
export async function timed([program, ...args], env = process.env) {
  const before = process.hrtime.bigint();
  const shell = ['-c', 'exec 3>&2; TIMEFORMAT="%U %S"; time "$@" 2>/dev/null', 'bash', program, ...args];
  const child = spawn('bash', shell, { stdio: ['ignore', 'pipe', 'pipe'], env });
  const usage = new FamilyUsage(child.pid);
  let [printed, times] = ['', ''];
  child.stdout.on('data', (text) => (printed = (printed + text).slice(-65_536)));
  child.stderr.on('data', (text) => (times += text));
  const watch = setInterval(() => usage.look(), 20);
  await new Promise((resolve) => child.once('close', resolve));
  clearInterval(watch);
  const seconds = Number(process.hrtime.bigint() - before) / 1e9;
  // bash counts exactly, but not a process that was killed at the end and that nobody waited for.
  const [user, system] = times.trim().split(' ').map(Number);
  return { seconds, printed, processor: Math.max(user + system, usage.processorSeconds), memory: usage.megabytes };
}

/** A process a dump; `processor` in seconds a dump. The first run of all fills the file cache and does not count. */
export async function processEach(dumps, command, env) {
  await timed(command(dumps[0]), env);
  let [seconds, processor, memory] = [0, 0, 0];
  for (const dump of dumps) {
    const one = await timed(command(dump), env);
    seconds += one.seconds;
    processor += one.processor;
    memory = Math.max(memory, one.memory);
  }
  return { perSecond: dumps.length / seconds, processor: processor / dumps.length, memory };
}
