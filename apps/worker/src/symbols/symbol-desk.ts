import { type StrictRows, type SymbolFileRow, findForms } from '@crashkeep/strict-store';
import type { ModuleKey, ModuleSymbols, WalkResult } from '@crashkeep/walk';
import type { Rooms } from '../rooms.js';
import { FormSources } from './form-source.js';

/** Which forms go with which modules, by the modules' order. */
export type FoundForms = readonly (SymbolFileRow | null)[];

/** Finds a project's symbols for the modules of a dump. */
export class SymbolDesk {
  readonly #rooms: Rooms;
  readonly #sources: FormSources;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
    this.#sources = new FormSources(rooms.symbols);
  }

  /** One question for all modules: by debug file and id, else by code file and id. */
  async find(
    project: string,
    modules: readonly ModuleKey[],
    rows: StrictRows = this.#rooms.store.rows,
  ): Promise<FoundForms> {
    const debugIds = [...new Set(modules.flatMap(({ debugId }) => debugId ?? []))];
    const codeIds = [...new Set(modules.flatMap(({ codeId }) => (codeId === null ? [] : spellingsOf(codeId))))];
    const files = await findForms(rows, project, { debugIds, codeIds });
    return modules.map((module) => byDebugName(files, module) ?? byCodeName(files, module));
  }

  open(forms: FoundForms): Promise<ModuleSymbols[]> {
    return Promise.all(forms.map(async (file) => (file === null ? [] : this.#sources.open(file))));
  }
}

/** By what a stored walk's modules are found. */
export function moduleKeysOf({ modules }: WalkResult): ModuleKey[] {
  return modules.map(({ debugFile, debugId, name, codeId }) => ({ debugFile, debugId, codeFile: name, codeId }));
}

/** True where `now` has a form that `then` had not. */
export function isNews(then: FoundForms, now: FoundForms): boolean {
  const known = new Set(then.map((file) => file?.formKey));
  return now.some((file) => file !== null && !known.has(file.formKey));
}

function byDebugName(files: readonly SymbolFileRow[], { debugFile, debugId }: ModuleKey): SymbolFileRow | null {
  if (debugFile === null || debugId === null) return null;
  return files.find((file) => file.debugFile === debugFile && file.debugId === debugId) ?? null;
}

function byCodeName(files: readonly SymbolFileRow[], { codeFile, codeId }: ModuleKey): SymbolFileRow | null {
  if (codeFile === null || codeId === null) return null;
  return files.find((file) => file.codeFile === codeFile && spellingsOf(codeId).includes(file.codeId ?? '')) ?? null;
}

/** Dumps and symbol files do not agree on the case of a code id. */
function spellingsOf(codeId: string): string[] {
  return [codeId, codeId.toUpperCase(), codeId.toLowerCase()];
}
