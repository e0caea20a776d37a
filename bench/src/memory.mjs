import { readFileSync, readdirSync } from 'node:fs';

/** Highest resident memory of a process, and of those under it, in MB, as the kernel counts it. Linux only. */
export function peakMemory(pid) {
  return Math.max(0, ...familyOf(pid).map((one) => field(one, 'VmHWM')));
}

/** Resident memory of one process now, in MB. */
export const residentMemory = (pid) => field(pid, 'VmRSS');

function field(pid, name) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0; // it has ended
  }
}

function familyOf(pid) {
  const children = new Map();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const parent = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // it has ended
    }
  }
  const family = [pid];
  for (let at = 0; at < family.length; at++) family.push(...(children.get(family[at]) ?? []));
  return family;
}
