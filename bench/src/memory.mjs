import { readFileSync } from 'node:fs';

/** The kernel's clock ticks, in a second. */
const TICKS = 100;

/** What the processes that a process started, and those under them, have used, as of the last look. Linux only. */
export class FamilyUsage {
  /** The most that all had at one look, in MB: resident memory, where a page that several share counts once. */
  megabytes = 0;
  #root;
  #ticks = new Map();

  constructor(pid) {
    this.#root = pid;
  }

  get processorSeconds() {
    return [...this.#ticks.values()].reduce((sum, ticks) => sum + ticks, 0) / TICKS;
  }

  look() {
    let megabytes = 0;
    for (const pid of descendantsOf(this.#root)) {
      megabytes += kilobytesIn(`/proc/${pid}/smaps_rollup`, 'Pss') / 1024;
      const ticks = ticksOf(pid);
      if (ticks > 0) this.#ticks.set(pid, ticks);
    }
    this.megabytes = Math.max(this.megabytes, megabytes);
  }
}

/** Resident memory of one process now, in MB. */
export function residentMemory(pid) {
  return kilobytesIn(`/proc/${pid}/status`, 'VmRSS') / 1024;
}

/** Processor time that one process has used, in milliseconds. */
export function processorMilliseconds(pid) {
  return (ticksOf(pid) * 1000) / TICKS;
}

export function childrenOf(pid) {
  return textOf(`/proc/${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean).map(Number);
}

/** 0 where the process has ended. */
function ticksOf(pid) {
  const [user = 0, system = 0] = textOf(`/proc/${pid}/stat`)
    .replace(/^.*\) /, '')
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return user + system;
}

function kilobytesIn(path, field) {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(textOf(path))?.[1] ?? 0);
}

function descendantsOf(pid) {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);
}

/** Empty where the process has ended. */
function textOf(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
