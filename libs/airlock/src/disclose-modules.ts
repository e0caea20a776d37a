import type { LenientModule, LenientReport } from '@crashkeep/report';
import type { NamedWalk } from '@crashkeep/walk';
import { codeId, debugId } from './screen/build-id.js';
import { leafName } from './screen/leaf-name.js';
import type { Screen } from './screen/screen.js';
import { moduleVersion } from './screen/version.js';

/** One for each module of the walk, at the same index: frames name modules by it. */
export function discloseModules(walk: NamedWalk, screen: Screen): LenientModule[] {
  return walk.modules.map((module, ordinal) => ({
    name: screen.text(module.name, leafName),
    version: screen.text(module.version, moduleVersion),
    debug_file: screen.text(module.debugFile, leafName),
    debug_id: screen.text(module.debugId, debugId),
    code_id: screen.text(module.codeId, codeId),
    symbols_loaded: walk.symbolsLoaded[ordinal] ?? false,
  }));
}

export function discloseUnloadedModules(walk: NamedWalk, screen: Screen): LenientReport['unloaded_modules'] {
  return walk.unloadedModules.map((module) => ({
    name: screen.text(module.name, leafName),
    code_id: screen.text(module.codeId, codeId),
  }));
}
