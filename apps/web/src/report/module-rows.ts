import type { LenientModule, LenientReport } from '@crashkeep/report';

export interface ModuleRow {
  readonly module: LenientModule;
  readonly onCrashingStack: boolean;
  readonly onAnyStack: boolean;
}

/** Modules in the order of their interest: on the crashing stack, on any other, the rest; within each as the dump lists them. */
export function moduleRows(
  report: Pick<LenientReport, 'modules' | 'threads' | 'crashing_thread'>,
): readonly ModuleRow[] {
  const crashing = new Set<number>();
  const any = new Set<number>();
  for (const thread of report.threads) {
    for (const { module_index: module } of thread.frames) {
      if (module === null) continue;
      any.add(module);
      if (thread.index === report.crashing_thread) crashing.add(module);
    }
  }
  return report.modules
    .map((module, index) => ({ module, onCrashingStack: crashing.has(index), onAnyStack: any.has(index) }))
    .sort((a, b) => interest(b) - interest(a));
}

function interest({ onCrashingStack, onAnyStack }: ModuleRow): number {
  return onCrashingStack ? 2 : onAnyStack ? 1 : 0;
}

/** The one whose symbols would help most: it has none and stands highest on the crashing stack. */
export function missingSymbols(
  report: Pick<LenientReport, 'modules' | 'threads' | 'crashing_thread'>,
): LenientModule | null {
  const stack = report.threads.find(({ index }) => index === report.crashing_thread)?.frames ?? [];
  for (const { module_index: index, function: named } of stack) {
    const module = index === null || named !== null ? undefined : report.modules[index];
    if (module?.symbols_loaded === false) return module;
  }
  return null;
}
