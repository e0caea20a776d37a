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
      const [user, system] = textOf(`/proc/${pid}/stat`)
        .replace(/^.*\) /, '')
        .split(' ')
        .slice(11, 13)
        .map(Number);
      if (system !== undefined) this.#ticks.set(pid, user + system);
    }
    this.megabytes = Math.max(this.megabytes, megabytes);
  }
}

/** Resident memory of one process now, in MB. */
export function residentMemory(pid) {
  return kilobytesIn(`/proc/${pid}/status`, 'VmRSS') / 1024;
}

function kilobytesIn(path, field) {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(textOf(path))?.[1] ?? 0);
}

function descendantsOf(pid) {
  const children = textOf(`/proc/${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

/** Empty where the process has ended. */
function textOf(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
