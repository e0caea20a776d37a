import type { WalkResult } from '../walk-result.js';

/** True where the answer holds what only a person's own file may show: no address, path or process id leaves the vault's child. */
export function holdsAddresses(result: WalkResult): boolean {
  return (
    result.processId !== null ||
    (result.crashAddress !== null && result.crashAddress.value !== null) ||
    [...result.modules, ...result.unloadedModules].some(({ base, path }) => base !== null || path !== undefined) ||
    result.threads.some(({ frames }) => frames.some(({ a }) => a !== null))
  );
}

/** True where every ordinal names something that the answer lists: what comes after may index without asking. */
export function isConsistent({
  crashingThread,
  crashAddress,
  mainModule,
  modules,
  threads,
  ...rest
}: WalkResult): boolean {
  const isModule = (ordinal: number | null): boolean => ordinal === null || ordinal < modules.length;
  return (
    (crashingThread === null || crashingThread < threads.length) &&
    isModule(mainModule) &&
    isModule(crashAddress?.module ?? null) &&
    rest.threadRanges.length === threads.length &&
    threads.every(({ frames }) =>
      frames.every(
        ({ m, o, u }) =>
          isModule(m) &&
          (m === null) === (o === null) &&
          (u ?? []).every(([ordinal]) => ordinal < rest.unloadedModules.length),
      ),
    )
  );
}
