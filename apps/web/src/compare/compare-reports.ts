import type { LenientFrame, LenientModule, LenientReport } from '@crashkeep/report';
import { formatDuration } from '@crashkeep/ui';
import { osWord } from '../report/words.js';

/** One fact of two reports. */
export interface FactPair {
  readonly name: string;
  readonly left: string;
  readonly right: string;
  readonly same: boolean;
}

const NOT_TOLD = 'not told';

const FACTS: readonly (readonly [name: string, read: (report: LenientReport) => string | null])[] = [
  ['Signature', ({ signature }) => signature],
  ['Crash reason', ({ crash_reason: reason }) => reason],
  ['Address', ({ crash_address: address }) => address],
  ['Product', ({ product }) => product],
  ['Version', ({ version }) => version],
  ['Channel', ({ channel }) => channel],
  ['System', ({ os, os_version: version }) => [osWord(os), version].filter((word) => word !== null).join(' ')],
  ['Processor', ({ cpu, cpu_info: info }) => [cpu, info].filter((word) => word !== null).join(', ')],
  ['Uptime', ({ uptime }) => (uptime === null ? null : formatDuration(uptime))],
  ['Threads', ({ threads }) => String(threads.length)],
  ['Modules', ({ modules }) => String(modules.length)],
];

export function factPairs(left: LenientReport, right: LenientReport): readonly FactPair[] {
  return FACTS.map(([name, read]) => {
    const [a, b] = [read(left) ?? NOT_TOLD, read(right) ?? NOT_TOLD];
    return { name, left: a, right: b, same: a === b };
  });
}

/** A module that the two do not have alike. */
export interface ModulePair {
  readonly name: string;
  readonly left: LenientModule | null;
  readonly right: LenientModule | null;
}

/** Modules of one side alone first in their order of names, then those of both in another build. */
export function modulePairs(left: LenientReport, right: LenientReport): readonly ModulePair[] {
  const [a, b] = [byName(left.modules), byName(right.modules)];
  const names = [...new Set([...a.keys(), ...b.keys()])].sort((x, y) => x.localeCompare(y));
  return names
    .map((name) => ({ name, left: a.get(name) ?? null, right: b.get(name) ?? null }))
    .filter((pair) => buildOf(pair.left) !== buildOf(pair.right) || pair.left === null || pair.right === null)
    .sort((x, y) => sides(x) - sides(y));
}

/** The stack that crashed, or else the first one. */
export function mainStack(report: LenientReport): readonly LenientFrame[] {
  const crashed = report.threads.find(({ index }) => index === report.crashing_thread);
  return (crashed ?? report.threads[0])?.frames ?? [];
}

function byName(modules: readonly LenientModule[]): ReadonlyMap<string, LenientModule> {
  return new Map(modules.flatMap((module) => (module.name === null ? [] : [[module.name, module] as const])));
}

function buildOf(module: LenientModule | null): string {
  return `${module?.debug_id ?? ''} ${module?.version ?? ''}`;
}

function sides({ left, right }: ModulePair): number {
  return left !== null && right !== null ? 1 : 0;
}
