import {
  SYMBOL_KINDS,
  type StrictRows,
  type SymbolFileRow,
  findForms,
  isFoundByIdAlone,
} from '@crashkeep/strict-store';
import type { ModuleKey, ModuleSymbols, WalkResult } from '@crashkeep/walk';
import type { Rooms } from '../rooms.js';
import { FormSources } from './form-source.js';

/** Which files go with which modules, by the modules' order; of each module the first to be asked first. */
export type FoundForms = readonly (readonly SymbolFileRow[])[];

/** Finds a project's symbols for the modules of a dump. */
export class SymbolDesk {
  readonly #rooms: Rooms;
  readonly #sources: FormSources;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
    this.#sources = new FormSources(rooms);
  }

  /** One question for all modules: by debug file and id, and by code file and id. */
  async find(
    project: string,
    modules: readonly ModuleKey[],
    rows: StrictRows = this.#rooms.store.rows,
  ): Promise<FoundForms> {
    const debugIds = [...new Set(modules.flatMap(({ debugId }) => debugId?.toUpperCase() ?? []))];
    const codeIds = [...new Set(modules.flatMap(({ codeId }) => codeId?.toUpperCase() ?? []))];
    const files = await findForms(rows, project, { debugIds, codeIds });
    return modules.map((module) => layersOf(files.filter((file) => isOf(file, module))));
  }

  /** A form that is not sound is passed over. */
  open(forms: FoundForms): Promise<ModuleSymbols[]> {
    return Promise.all(
      forms.map(async (files) => {
        const opened = await Promise.all(files.map((file) => this.#sources.open(file)));
        return opened.filter((source) => source !== null);
      }),
    );
  }

  /** Whether the file's form tells how to unwind anything. */
  async unwinds(file: SymbolFileRow): Promise<boolean> {
    const source = await this.#sources.open(file);
    return source !== null && this.#rooms.runner.unwinds(source);
  }
}

/** By what a stored walk's modules are found. */
export function moduleKeysOf({ modules }: WalkResult): ModuleKey[] {
  return modules.map(({ debugFile, debugId, name, codeId }) => ({ debugFile, debugId, codeFile: name, codeId }));
}

/** True where `now` has a form that `then` had not. */
export function isNews(then: FoundForms, now: FoundForms): boolean {
  const known = new Set(formKeysOf(then));
  return formKeysOf(now).some((key) => !known.has(key));
}

/** Each once. */
export function formKeysOf(forms: FoundForms): string[] {
  return [...new Set(forms.flat().flatMap(({ formKey }) => formKey ?? []))];
}

/** Of each kind the file that was first, whatever names came later. */
function layersOf(files: readonly SymbolFileRow[]): SymbolFileRow[] {
  return SYMBOL_KINDS.flatMap((kind) => files.find((file) => file.kind === kind) ?? []);
}

/** Whether the file is of that module: by debug file and id, or by code file and id. */
export function isOf(file: SymbolFileRow, module: ModuleKey): boolean {
  return isOfDebugName(file, module) || isOfCodeName(file, module);
}

function isOfDebugName({ kind, debugFile, debugId }: SymbolFileRow, module: ModuleKey): boolean {
  if (module.debugId === null || module.debugId.toUpperCase() !== debugId || /^0+$/.test(debugId)) return false;
  return isFoundByIdAlone(kind) || module.debugFile === debugFile;
}

/** Windows does not tell names by case. */
function isOfCodeName({ codeFile, codeId }: SymbolFileRow, module: ModuleKey): boolean {
  if (codeFile === null || codeId === null) return false;
  return (
    module.codeId?.toUpperCase() === codeId.toUpperCase() && module.codeFile?.toLowerCase() === codeFile.toLowerCase()
  );
}
